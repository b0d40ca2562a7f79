import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Codes of ATC, EMDN and ICD-10, where the operator has the lists. */
export const nomenclatureCodes = pgTable(
  'nomenclature_codes',
  {
    system: text({ enum: ['atc', 'emdn', 'icd10'] }).notNull(),
    code: text().notNull(),
    /** null: not in the list in this language */
    name: text(),
    nameEn: text(),
    parent: text(),
    searchText: text().notNull(),
  },
  (t) => [
    primaryKey({ name: 'nomenclature_codes_pk', columns: [t.system, t.code] }),
    index('nomenclature_codes_parent_idx').on(t.system, t.parent),
    index('nomenclature_codes_text_idx').using('gin', t.searchText.op('gin_trgm_ops')),
  ],
);
