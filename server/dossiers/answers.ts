import type { Answers } from '#db/schema/dossiers.ts';
import {
  type FormDefinition,
  getAt,
  type JsonObject,
  parseField,
  patternOf,
  type RawAnswer,
  setAt,
  visibleFields,
} from '#server/procedures/index.ts';

/** What an HTML form sends: a text or a list of texts by field name. */
export type FormValues = Record<string, string | string[]>;

/** Dates come as three inputs named `<path>.day`, `<path>.month`, `<path>.year`. */
export function rawAnswer(control: string, path: string, values: FormValues): RawAnswer {
  if (control === 'date' && `${path}.day` in values) {
    const part = (name: string) => String(values[`${path}.${name}`] ?? '');
    return { day: part('day'), month: part('month'), year: part('year') };
  }
  return values[path];
}

/** Whether the form sent anything for a field: a field that is not there keeps its answer. */
const wasSent = (control: string, path: string, values: FormValues): boolean =>
  path in values || (control === 'date' && `${path}.day` in values);

/** Entries of a repeated group: `<path>.count` says how many rows the form had, so that a removed last row is noticed. */
function withRows(form: FormDefinition, pageId: string, answers: JsonObject, values: FormValues): JsonObject {
  const repeat = form.pages.find((page) => page.id === pageId)?.repeat;
  const count = repeat ? Number(values[`${repeat.path}.count`] ?? Number.NaN) : Number.NaN;
  if (!repeat || !Number.isInteger(count) || count < 0 || count > 200) return answers;
  const list = getAt(answers, repeat.path);
  const rows = Array.isArray(list) ? list : [];
  return setAt(
    answers,
    repeat.path,
    Array.from({ length: count }, (_, i) => rows[i] ?? {}),
  );
}

/** The answers after one page of the form was sent. What cannot be read stays as typed, for validation to name. */
export function mergePage(form: FormDefinition, pageId: string, before: Answers, values: FormValues): Answers {
  const page = form.pages.find((each) => each.id === pageId);
  if (!page) return before;
  let after = withRows(form, pageId, before as JsonObject, values);
  // a choice on this page may reveal another question of it, so two rounds see all that was sent
  for (let round = 0; round < 2; round++) {
    for (const path of visibleFields(form, page, after)) {
      const field = form.fields[patternOf(path)];
      if (!field) continue;
      if (
        field.control === 'checkboxes'
          ? !(`${path}.shown` in values || path in values)
          : !wasSent(field.control, path, values)
      )
        continue;
      after = setAt(after, path, parseField(field, rawAnswer(field.control, path, values)));
    }
  }
  return after as Answers;
}
