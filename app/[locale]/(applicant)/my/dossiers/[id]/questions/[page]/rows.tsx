import type { ReactNode } from 'react';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { Locale } from '#i18n/routing.ts';
import { type FormPage, getAt, type JsonObject, setAt } from '#server/procedures/rules.ts';

/** The answers with as many rows of the page's list as are to be shown: at least one. */
export function withRows(page: FormPage, answers: JsonObject, wanted: number): JsonObject {
  if (!page.repeat) return answers;
  const list = getAt(answers, page.repeat.path);
  const rows = Array.isArray(list) ? list : [];
  const shown = Math.min(Math.max(rows.length, Number.isInteger(wanted) ? wanted : 0, 1), 100);
  return setAt(
    answers,
    page.repeat.path,
    Array.from({ length: shown }, (_, i) => rows[i] ?? {}),
  );
}

interface RowsProps {
  page: FormPage;
  answers: JsonObject;
  /** paths of all fields shown */
  fields: readonly string[];
  locale: Locale;
  remove: string;
  children: (path: string) => ReactNode;
}

/** The fields of a page; with a repeated group one fieldset an entry, each with a button that removes it. */
export function Rows({ page, answers, fields, locale, remove, children }: RowsProps) {
  const { repeat } = page;
  if (!repeat) return <div className="fields">{fields.map(children)}</div>;
  const list = getAt(answers, repeat.path);
  const rows = Array.isArray(list) ? list : [];
  return (
    <div className="fields">
      <input type="hidden" name="repeat" value={repeat.path} />
      <input type="hidden" name={`${repeat.path}.count`} value={rows.length} />
      {rows.map((_, index) => {
        const prefix = `${repeat.path}.${index}.`;
        const title = `${repeat.item[locale]} ${index + 1}`;
        return (
          <fieldset key={prefix} className="card fields">
            <legend>{title}</legend>
            {fields.filter((path) => path.startsWith(prefix)).map(children)}
            {rows.length > 1 && (
              <SubmitButton kind="quiet" small name="change" value={`remove:${index}`}>
                {remove} <span className="hidden-text">{title}</span>
              </SubmitButton>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
