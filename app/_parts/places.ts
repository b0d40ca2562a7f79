import { read } from '#app/_server/caller.ts';
import { type FormDefinition, getAt, type JsonObject, patternOf } from '#server/procedures/rules.ts';
import type { Place } from './question-field.tsx';

/** The provinces, and the wards of the province that has been answered, when the page asks for either. */
export async function placesFor(
  fields: FormDefinition['fields'],
  paths: readonly string[],
  answers: JsonObject,
): Promise<{ provinces: Place[]; wards: Place[] }> {
  const place = paths.find((each) => ['province', 'ward'].includes(fields[patternOf(each)]?.control ?? ''));
  const group = place?.slice(0, place.lastIndexOf('.') + 1);
  const path = Object.keys(fields).find(
    (each) => fields[each]?.control === 'province' && each.startsWith(group ?? '?'),
  );
  if (!path) return { provinces: [], wards: [] };
  const province = getAt(answers, path);
  return read(async (api) => ({
    provinces: await api.territory.provinces({}),
    wards: typeof province === 'string' ? await api.territory.wards({ provinceCode: province }) : [],
  }));
}
