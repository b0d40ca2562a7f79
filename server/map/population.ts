import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '#server/platform/env.ts';
import { parseCsv } from '#server/territory/index.ts';

/** People by code of ward and of province; null: the list is not loaded. */
export interface Population {
  wards: Map<string, number>;
  provinces: Map<string, number>;
}

let known: { folder: string | undefined; population: Population | null } | undefined;

/**
 * The people of wards as the merger map gives them (`vn_wards_3321.csv` of the data packs), summed by province. Figures
 * of the map, not of the statistics office: whoever shows them says so. A ward without a figure counts nobody.
 */
export function population(): Population | null {
  const folder = env().referenceData;
  if (known && known.folder === folder) return known.population;
  known = { folder, population: folder === undefined ? null : read(join(folder, 'vn_wards_3321.csv')) };
  return known.population;
}

function read(file: string): Population | null {
  if (!existsSync(file)) return null;
  const found: Population = { wards: new Map(), provinces: new Map() };
  for (const { code = '', province_code: province = '', population: people = '' } of parseCsv(
    readFileSync(file, 'utf8'),
  )) {
    const count = Number(people);
    if (!(count > 0)) continue;
    found.wards.set(code, count);
    found.provinces.set(province, (found.provinces.get(province) ?? 0) + count);
  }
  return found.wards.size > 0 ? found : null;
}
