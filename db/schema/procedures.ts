import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';

/** What can be applied for. The law of it is in its versions. */
export const procedures = pgTable('procedures', {
  key: text().primaryKey(),
  createdAt: createdAt(),
});

/** A procedure as it stood from a day on: rows are never changed, so a dossier keeps the rules it was begun under. */
export const procedureVersions = pgTable(
  'procedure_versions',
  {
    id: id(),
    key: text()
      .notNull()
      .references(() => procedures.key),
    version: integer().notNull(),
    /** SHA-256 over the files of the folder, hexadecimal */
    contentHash: text().notNull(),
    /** the files, read and checked: definition, form, decisions, templates, diagram */
    data: jsonb().$type<unknown>().notNull(),
    /** the deployed diagram in the workflow module */
    definitionKey: text().notNull(),
    definitionVersion: integer().notNull(),
    validFrom: instant().notNull(),
    publishedAt: instant().notNull(),
    publishedBy: uuid(),
  },
  (t) => [
    uniqueIndex('procedure_versions_version_key').on(t.key, t.version),
    index('procedure_versions_valid_idx').on(t.key, t.validFrom),
  ],
);
