import type { Reader } from '#db/client.ts';
import { expandPath, type FormDefinition, getAt, type JsonObject } from '#server/procedures/index.ts';
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
