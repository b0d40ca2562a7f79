import type { Json, JsonObject } from './schema.ts';
import { sameJson } from './validate.ts';

/** One answer that differs, at its dotted path; `before` or `after` is missing where it was added or removed. */
export interface AnswerChange {
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before?: Json;
  after?: Json;
}

/** What an applicant changed between two sets of answers, field by field, in the order of the keys. Lists of plain values count as one answer. */
export function diffAnswers(before: JsonObject, after: JsonObject): AnswerChange[] {
  return compare(before, after, '');
}

function entriesOf(value: Json | undefined): Map<string, Json> | undefined {
  if (Array.isArray(value)) {
    const nested = value.some((each) => typeof each === 'object' && each !== null);
    return nested ? new Map(value.map((each, i) => [String(i), each])) : undefined;
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function compare(before: Json | undefined, after: Json | undefined, path: string): AnswerChange[] {
  if (sameJson(before, after)) return [];
  const left = entriesOf(before);
  const right = entriesOf(after);
  if (left ? right || after === undefined : right && before === undefined) {
    const keys = new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])]);
    return [...keys].flatMap((key) => compare(left?.get(key), right?.get(key), path === '' ? key : `${path}.${key}`));
  }
  if (before === undefined) return after === undefined ? [] : [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  return [{ path, kind: 'changed', before, after }];
}
