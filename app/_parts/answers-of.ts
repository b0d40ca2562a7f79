import type { Locale } from '#i18n/routing.ts';
import {
  type FormDefinition,
  type FormPage,
  formatAnswer,
  getAt,
  type JsonObject,
  patternOf,
  visibleFields,
  visiblePages,
} from '#server/procedures/rules.ts';

export interface AnswerRow {
  path: string;
  question: string;
  answer: string;
}
export interface AnswerGroup {
  page: FormPage;
  rows: AnswerRow[];
}

/** The answers as people read them, page by page; list entries carry their number. */
export function answersOf(
  form: FormDefinition,
  answers: JsonObject,
  places: Record<string, string>,
  locale: Locale,
): AnswerGroup[] {
  return visiblePages(form, answers).map((page) => ({
    page,
    rows: entryByEntry(visibleFields(form, page, answers)).map((path) => {
      const field = form.fields[patternOf(path)]!;
      const entry = /\.(\d+)\./.exec(path);
      const label = field.label[locale];
      return {
        path,
        question: entry && page.repeat ? `${page.repeat.item[locale]} ${Number(entry[1]) + 1}: ${label}` : label,
        answer: formatAnswer(field, getAt(answers, path), locale, (control, code) => places[`${control}:${code}`]),
      };
    }),
  }));
}

const entryOf = (path: string): number => Number(/\.(\d+)\./.exec(path)?.[1] ?? 0);

/** All of one list entry before the next; the order of the form otherwise. */
const entryByEntry = (paths: string[]): string[] => paths.toSorted((a, b) => entryOf(a) - entryOf(b));
