import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';
import { dossierEvents, dossiers } from './dossiers.ts';
import { users } from './identity.ts';
import { files } from './platform.ts';

/** Files that go with a message of the timeline. Rows are only added. */
export const dossierEventFiles = pgTable(
  'dossier_event_files',
  {
    eventId: bigint({ mode: 'number' })
      .notNull()
      .references(() => dossierEvents.id),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
  },
  (t) => [
    primaryKey({ name: 'dossier_event_files_pk', columns: [t.eventId, t.fileId] }),
    index('dossier_event_files_file_idx').on(t.fileId),
    index('dossier_event_files_dossier_idx').on(t.dossierId),
  ],
);

/** Who has read the messages of a dossier up to which entry, and when. Rows are only added: a read mark is never taken back. */
export const dossierReads = pgTable(
  'dossier_reads',
  {
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** id of the newest message that was there */
    upTo: bigint({ mode: 'number' }).notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ name: 'dossier_reads_pk', columns: [t.dossierId, t.userId, t.upTo] })],
);

/** A message in the making: one a person and dossier; nobody else sees it. */
export const messageDrafts = pgTable(
  'message_drafts',
  {
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    text: text().notNull().default(''),
    fileIds: uuid().array().notNull().default([]),
    savedAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'message_drafts_pk', columns: [t.dossierId, t.userId] }),
    index('message_drafts_files_idx').using('gin', t.fileIds),
  ],
);
