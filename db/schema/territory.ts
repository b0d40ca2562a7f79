import { date, doublePrecision, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id } from './columns.ts';

/** Provinces and wards with validity: a code alone is no key, since codes are used again after a reform. */
export const territoryUnits = pgTable(
  'territory_units',
  {
    id: id(),
    level: text({ enum: ['province', 'ward'] }).notNull(),
    code: text().notNull(),
    name: text().notNull(),
    fullName: text().notNull(),
    nameEn: text().notNull(),
    fullNameEn: text().notNull(),
    /** wards: code of the province */
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
