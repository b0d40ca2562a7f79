import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from './columns.ts';
import { dossiers } from './dossiers.ts';
import { users } from './identity.ts';

/** A file on its way in pieces: until the last one has come it is nobody's paper, and after a day it is forgotten. */
export const uploads = pgTable(
  'uploads',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    paperKey: text().notNull(),
    name: text().notNull(),
    /** bytes announced, and bytes that have come */
    size: integer().notNull(),
    /** digest of the whole in base64, where the sender could compute it: what a file that goes on is known by */
    sha256: text(),
    received: integer().notNull().default(0),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [index('uploads_user_idx').on(t.userId), index('uploads_dossier_idx').on(t.dossierId)],
);

export const uploadChunks = pgTable(
  'upload_chunks',
  {
    uploadId: uuid()
      .notNull()
      .references(() => uploads.id, { onDelete: 'cascade' }),
    /** where in the file it begins */
    position: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ name: 'upload_chunks_pk', columns: [t.uploadId, t.position] })],
);
