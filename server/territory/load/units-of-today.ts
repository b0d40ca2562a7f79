import { capitalised, columnsOf, parseCsv } from './csv.ts';
import type { TerritoryFacts } from './facts.ts';
import { twoLevelsSince } from './reforms.ts';

const numberOrNull = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
};

/** The rows of `vn_provinces_34.csv`; centres come from elsewhere. */
export const provincesOf = (csv: string, centres: Map<string, [number, number]>): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = columnsOf('vn_provinces_34.csv', row);
    const [latitude, longitude] = centres.get(text('code')) ?? [null, null];
    return {
      level: 'province',
      code: text('code'),
      name: text('name'),
      fullName: text('full_name'),
      nameEn: text('name_en'),
      fullNameEn: text('full_name_en'),
      parentCode: null,
      validFrom: twoLevelsSince,
      validTo: null,
      latitude,
      longitude,
    };
  });

/** The rows of `vn_wards_3321.csv`. */
export const wardsIn = (csv: string): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = columnsOf('vn_wards_3321.csv', row);
    return {
      level: 'ward',
      code: text('code'),
      name: text('name'),
      fullName: capitalised(text('full_name')),
      nameEn: text('name_en'),
      fullNameEn: text('full_name_en'),
      parentCode: text('province_code'),
      validFrom: twoLevelsSince,
      validTo: null,
      latitude: numberOrNull(row.lat),
      longitude: numberOrNull(row.lng),
    };
  });
