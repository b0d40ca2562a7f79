import type { territoryLevels } from '#db/schema/territory.ts';

export type TerritoryLevel = (typeof territoryLevels)[number];

/** A code alone is no key: codes are used again after a reform, so that every unit has a time in which it holds. */
export interface TerritoryFacts {
  level: TerritoryLevel;
  code: string;
  name: string;
  fullName: string;
  nameEn: string;
  fullNameEn: string;
  /** of wards the code of the province, of older wards that of the district; of districts that of the province */
  parentCode: string | null;
  /** YYYY-MM-DD */
  validFrom: string;
  /** first day on which it no longer holds; null: it holds */
  validTo: string | null;
  latitude: number | null;
  longitude: number | null;
}

/** What became of a unit. */
export interface SuccessionFacts {
  fromLevel: TerritoryLevel;
  fromCode: string;
  fromValidFrom: string;
  toLevel: TerritoryLevel;
  toCode: string;
  toValidFrom: string;
  divided: boolean;
  merged: boolean;
  resolution: string;
}

/** Latin letters without marks, capitals kept: what an English text writes where no English name is given. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D');
