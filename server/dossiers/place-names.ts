import type { Reader } from '#db/client.ts';
import type { FieldError } from '#server/platform/index.ts';
import { expandPath, type FormDefinition, getAt, type JsonObject, validatePage } from '#server/procedures/index.ts';
import { findTerritoryUnits } from '#server/territory/index.ts';

/** Names of the provinces and wards in a set of answers, keyed `province:01` and `ward:00070`; plain data, so pages can use it too. */
export type PlaceNames = Record<string, string>;

/** One answer that names a place by its code. */
interface PlaceAnswer {
  path: string;
  level: 'province' | 'ward';
  code: string;
}

/** The answers to the province and ward questions of some fields, in their order; one that is missing is the form's own business. */
const placesAnswered = (form: FormDefinition, answers: JsonObject, patterns: readonly string[]): PlaceAnswer[] =>
  patterns.flatMap((pattern) => {
    const level = form.fields[pattern]?.control;
    if (level !== 'province' && level !== 'ward') return [];
    return expandPath(answers, pattern).flatMap((path) => {
      const code = getAt(answers, path);
      return typeof code === 'string' && code !== '' ? [{ path, level, code }] : [];
    });
  });

/** Looks up every code the form's province and ward questions hold, as they are named on a day (`yyyy-mm-dd`). */
export async function placeNamesIn(
  db: Reader,
  form: FormDefinition,
  answers: JsonObject,
  on: string,
): Promise<PlaceNames> {
  const units = await findTerritoryUnits(db, placesAnswered(form, answers, Object.keys(form.fields)), on);
  return Object.fromEntries([...units].map(([key, { fullName }]) => [key, fullName]));
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
  // in the order of the pages: the fields come from the database in no order
  const asked = form.pages.flatMap((page) => page.fields);
  const places = placesAnswered(form, answers, asked);
  const units = await findTerritoryUnits(db, places, on);
  return places.flatMap(({ path, level, code }) => {
    const unit = units.get(`${level}:${code}`);
    const province = provinceBeside(form, answers, path);
    const wrong = !unit || (level === 'ward' && province !== null && unit.parentCode !== province);
    return wrong ? [{ path, reason: 'dossiers.errors.unknownPlace' }] : [];
  });
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
