import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from './columns.ts';
import { dossiers } from './dossiers.ts';
import { users } from './identity.ts';

/** What each save of a draft changed, field by field: whoever saves later from an older page is shown it. */
export const draftChanges = pgTable(
  'draft_changes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'draft_changes_id_seq' }),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    /** the dossier's version after the save */
    version: integer().notNull(),
    /** a field, or the whole of a repeated group */
    path: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    userId: uuid().notNull(),
    /** the page it was typed on, as it was opened once: its own changes are no conflict */
    formId: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('draft_changes_dossier_idx').on(t.dossierId, t.version)],
);

/** Who typed on which page of a draft last. */
export const draftPresence = pgTable(
  'draft_presence',
  {
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    pageId: text().notNull(),
    seenAt: instant().notNull(),
  },
  (t) => [primaryKey({ name: 'draft_presence_pk', columns: [t.dossierId, t.userId] })],
);

export interface KeptConflict {
  path: string;
  /** null: empty */
  mine: unknown;
  theirs: unknown;
  userId: string;
  at: string;
  /** the page, as it was opened once, on which mine was typed */
  formId: string;
}

/** Answers somebody typed that another had changed meanwhile: kept until that person has chosen. */
export const draftConflicts = pgTable(
  'draft_conflicts',
  {
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    pageId: text().notNull(),
    items: jsonb().$type<KeptConflict[]>().notNull(),
    keptAt: createdAt(),
  },
  (t) => [primaryKey({ name: 'draft_conflicts_pk', columns: [t.dossierId, t.userId, t.pageId] })],
);

/** A form that was sent after its session had ended, encrypted under a key that only the sender's browser holds. */
export const keptForms = pgTable(
  'kept_forms',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    path: text().notNull(),
    content: bytea().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [index('kept_forms_user_idx').on(t.userId), index('kept_forms_expires_idx').on(t.expiresAt)],
);
