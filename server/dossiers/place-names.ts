import type { Reader } from '#db/client.ts';
import type { FieldError } from '#server/platform/index.ts';
import { expandPath, type FormDefinition, getAt, type JsonObject, validatePage } from '#server/procedures/index.ts';
import { findTerritoryUnit } from '#server/territory/index.ts';

/** Names of the provinces and wards in a set of answers, keyed `province:01` and `ward:00070`; plain data, so pages can use it too. */
export type PlaceNames = Record<string, string>;

/** Looks up every code the form's province and ward questions hold, as they are named on a day (`yyyy-mm-dd`). */
export async function placeNamesIn(
  db: Reader,
  form: FormDefinition,
  answers: JsonObject,
  on: string,
): Promise<PlaceNames> {
  const names: PlaceNames = {};
  for (const [pattern, field] of Object.entries(form.fields)) {
    if (field.control !== 'province' && field.control !== 'ward') continue;
    for (const path of expandPath(answers, pattern)) {
      const code = getAt(answers, path);
      if (typeof code !== 'string') continue;
      const unit = await findTerritoryUnit(db, field.control, code, on);
      if (unit) names[`${field.control}:${code}`] = unit.fullName;
    }
  }
  return names;
}

/**
 * Places that do not exist on a day (`yyyy-mm-dd`), and wards that lie in another province than the one answered beside
 * them: what a form without script sends when the province was changed and the ward was not.
 */
export async function placeFaults(
  db: Reader,
  form: FormDefinition,
  answers: JsonObject,
  on: string,
): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  // in the order of the pages: the fields come from the database in no order
  for (const pattern of form.pages.flatMap((page) => page.fields)) {
    const field = form.fields[pattern];
    if (field?.control !== 'province' && field?.control !== 'ward') continue;
    for (const path of expandPath(answers, pattern)) {
      const code = getAt(answers, path);
      // a missing answer is the form's own business
      if (typeof code !== 'string' || code === '') continue;
      const unit = await findTerritoryUnit(db, field.control, code, on);
      const province = provinceBeside(form, answers, path);
      if (!unit || (field.control === 'ward' && province !== null && unit.parentCode !== province))
        faults.push({ path, reason: 'dossiers.errors.unknownPlace' });
    }
  }
  return faults;
}

/** The province answered in the same group as a ward. */
function provinceBeside(form: FormDefinition, answers: JsonObject, path: string): string | null {
  const group = path.slice(0, path.lastIndexOf('.') + 1);
  for (const [pattern, field] of Object.entries(form.fields)) {
    if (field.control !== 'province') continue;
    const beside = expandPath(answers, pattern).find((each) => each.slice(0, each.lastIndexOf('.') + 1) === group);
    const code = beside && getAt(answers, beside);
    if (typeof code === 'string') return code;
  }
  return null;
}

/** What is wrong with one page: by its form, and by the places that exist. */
export async function pageFaults(
  db: Reader,
  form: FormDefinition,
  pageId: string,
  answers: JsonObject,
  on: string,
): Promise<FieldError[]> {
  const mine = { ...form, pages: form.pages.filter((page) => page.id === pageId) };
  return [...validatePage(form, pageId, answers), ...(await placeFaults(db, mine, answers, on))];
}
