import { date, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { organisations, users } from './identity.ts';
import { files } from './platform.ts';

/** Papers a person or a business keeps to hand in again. Removing one leaves the dossiers alone that hold its file. */
export const vaultPapers = pgTable(
  'vault_papers',
  {
    id: id(),
    /** who put it there; the owner, where it belongs to no business */
    userId: uuid()
      .notNull()
      .references(() => users.id),
    organisationId: uuid().references(() => organisations.id),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
    /** key of the paper it was handed in as, and what that is called */
    kind: text().notNull(),
    kindTitle: jsonb().$type<{ vi: string; en: string }>().notNull(),
    name: text().notNull(),
    /** last day it holds; null: without end, or not said */
    validTo: date(),
    addedAt: createdAt(),
  },
  (t) => [
    index('vault_papers_user_idx').on(t.userId),
    index('vault_papers_organisation_idx').on(t.organisationId),
    index('vault_papers_file_idx').on(t.fileId),
  ],
);
