import { boolean, date, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { registerEntries } from './registers.ts';

export interface Ingredient {
  name: string;
  strength?: string;
  /** WHO ATC code, where the list is loaded */
  atc?: string;
}

/** What search reads of a drug today; the register's versions are the record. */
export const drugs = pgTable(
  'drugs',
  {
    id: uuid()
      .primaryKey()
      .references(() => registerEntries.id),
    /** as printed */
    registrationNumber: text().notNull(),
    name: text().notNull(),
    ingredients: jsonb().$type<Ingredient[]>().notNull(),
    dosageForm: text(),
    manufacturer: text(),
    country: text(),
    registrant: text(),
    prescription: text().notNull(),
    issuedOn: date(),
    validTo: date(),
    withdrawnOn: date(),
    closedOn: date(),
    searchName: text().notNull(),
    searchText: text().notNull(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    index('drugs_registration_idx').on(t.registrationNumber),
    index('drugs_text_idx').using('gin', t.searchText.op('gin_trgm_ops')),
  ],
);
