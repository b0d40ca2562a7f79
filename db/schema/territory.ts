import { boolean, date, doublePrecision, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id } from './columns.ts';

export const territoryLevels = ['province', 'district', 'ward'] as const;

/** Provinces, districts (until June 2025) and wards with validity: a code alone is no key, since codes are used again. */
export const territoryUnits = pgTable(
  'territory_units',
  {
    id: id(),
    level: text({ enum: territoryLevels }).notNull(),
    code: text().notNull(),
    name: text().notNull(),
    fullName: text().notNull(),
    nameEn: text().notNull(),
    fullNameEn: text().notNull(),
    /** of wards the code of the province, of older wards that of the district; of districts that of the province */
    parentCode: text(),
    validFrom: date().notNull(),
    /** first day on which it no longer holds */
    validTo: date(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    /** lower case without marks */
    searchName: text().notNull(),
  },
  (t) => [
    uniqueIndex('territory_units_code_key').on(t.level, t.code, t.validFrom),
    index('territory_units_parent_idx').on(t.parentCode),
  ],
);

/** What became of a unit: of a divided one several rows, of merged ones several that lead to the same. */
export const territorySuccessions = pgTable(
  'territory_successions',
  {
    fromLevel: text({ enum: territoryLevels }).notNull(),
    fromCode: text().notNull(),
    fromValidFrom: date().notNull(),
    toLevel: text({ enum: territoryLevels }).notNull(),
    toCode: text().notNull(),
    toValidFrom: date().notNull(),
    /** parts of it went to several units */
    divided: boolean().notNull(),
    /** the new unit has parts of several */
    merged: boolean().notNull(),
    /** the resolution that decided it, e.g. 202/2025/QH15 */
    resolution: text().notNull(),
  },
  (t) => [
    primaryKey({
      name: 'territory_successions_key',
      columns: [t.fromLevel, t.fromCode, t.fromValidFrom, t.toLevel, t.toCode, t.toValidFrom],
    }),
    index('territory_successions_to_idx').on(t.toLevel, t.toCode, t.toValidFrom),
  ],
);
