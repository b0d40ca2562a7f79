import type { FormDefinition, FormPage } from './definition.ts';
import { expandPath, getAt, setAt } from './paths.ts';
import type { Json, JsonObject } from './schema.ts';
import { matches, sameJson } from './validate.ts';

/** The pages asked for these answers, in order. A page without any visible field is not asked. */
export function visiblePages(form: FormDefinition, data: JsonObject): FormPage[] {
  return form.pages.filter((page) => pageApplies(form, page, data));
}

function pageApplies(form: FormDefinition, page: FormPage, data: JsonObject): boolean {
  if (page.when !== undefined && !matches(page.when, data, page.when)) return false;
  return page.repeat !== undefined || page.fields.some((pattern) => fieldApplies(form, pattern, pattern, data));
}

/** Whether one field at a concrete path is asked; conditions of a list entry's field look at the entry. */
function fieldApplies(form: FormDefinition, pattern: string, path: string, data: JsonObject): boolean {
  const when = form.fields[pattern]?.when;
  if (when === undefined) return true;
  const star = pattern.lastIndexOf('*');
  const scope: Json | undefined =
    star < 0
      ? data
      : getAt(
          data,
          path
            .split('.')
            .slice(0, pattern.slice(0, star + 1).split('.').length)
            .join('.'),
        );
  return matches(when, scope ?? {}, when);
}

/** Concrete paths of the fields asked on a page for these answers. */
export function visibleFields(form: FormDefinition, page: FormPage, data: JsonObject): string[] {
  return page.fields.flatMap((pattern) =>
    expandPath(data, pattern).filter((path) => fieldApplies(form, pattern, path, data)),
  );
}

/**
 * The answers that are asked for and nothing else: answers of hidden pages and fields and unknown keys are dropped.
 * Dropping one answer may hide another question, so this runs until nothing changes.
 */
export function dropHidden(form: FormDefinition, data: JsonObject): JsonObject {
  let current = data;
  for (let round = 0; round <= form.pages.length; round++) {
    const kept = keepVisible(form, current);
    if (sameJson(kept, current)) return kept;
    current = kept;
  }
  return current;
}

function keepVisible(form: FormDefinition, data: JsonObject): JsonObject {
  let kept: JsonObject = {};
  for (const page of visiblePages(form, data)) {
    if (page.repeat) {
      const list = getAt(data, page.repeat.path);
      if (Array.isArray(list))
        kept = setAt(
          kept,
          page.repeat.path,
          list.map(() => ({})),
        );
    }
    for (const path of visibleFields(form, page, data)) {
      const value = getAt(data, path);
      if (value !== undefined) kept = setAt(kept, path, value);
    }
  }
  return kept;
}
