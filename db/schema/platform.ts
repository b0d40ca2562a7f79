import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from './columns.ts';

/** Append-only log. `id`, `previousDigest` and `digest` are set by a trigger under one lock, so the chain has no fork. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    action: text().notNull(),
    outcome: text({ enum: ['done', 'refused'] }).notNull(),
    actorKind: text({ enum: ['anonymous', 'system', 'person'] }).notNull(),
    actorId: text(),
    actingFor: uuid(),
    sessionId: uuid(),
    requestId: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    previousDigest: bytea().notNull(),
    digest: bytea().notNull(),
  },
  (t) => [
    index('audit_entries_subject_idx').on(t.subjectType, t.subjectId),
    index('audit_entries_actor_idx').on(t.actorId, t.at),
  ],
);

/** What the audit log said at the end of a day, signed and published; rows are only added. */
export const auditHeads = pgTable('audit_heads', {
  ordinal: integer().primaryKey(),
  /** first and last row of the log it covers */
  firstRow: bigint({ mode: 'number' }).notNull(),
  lastRow: bigint({ mode: 'number' }).notNull(),
  /** hides what a row does not show in a bundle; never published */
  secret: text().notNull(),
  /** JWS, compact: the signed statement */
  jws: text().notNull(),
  /** RFC 3161 token over the SHA-256 of the JWS; null: no time-stamp authority is set */
  timestamp: bytea(),
  at: instant().notNull(),
});

/** Gap-free counters: the row is locked until the transaction that took the number commits. */
export const sequenceCounters = pgTable(
  'sequence_counters',
  { scope: text().notNull(), key: text().notNull(), value: integer().notNull() },
  (t) => [primaryKey({ name: 'sequence_counters_pk', columns: [t.scope, t.key] })],
);

/** Counted attempts in fixed windows, shared by every process. */
export const rateLimits = pgTable(
  'rate_limits',
  { key: text().notNull(), windowStart: instant().notNull(), count: integer().notNull() },
  (t) => [primaryKey({ name: 'rate_limits_pk', columns: [t.key, t.windowStart] })],
);

/** A stored file; its bytes are in `file_chunks`. Who may read it is decided by the record that refers to it. */
export const files = pgTable(
  'files',
  {
    id: id(),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    /**
     * what the malware scanner said. `own`: made by this system; `unchecked`: taken while no scanner was set;
     * `pending`: nobody but the uploader reads it yet; `quarantined`: nobody reads it
     */
    scan: text({ enum: ['own', 'unchecked', 'pending', 'clean', 'quarantined'] })
      .notNull()
      .default('unchecked'),
    scannedAt: instant(),
    /** the scanner's name of what it found */
    scanFinding: text(),
    createdBy: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    index('files_sha256_idx').on(t.sha256),
    index('files_scan_idx').on(t.scan).where(sql`${t.scan} in ('pending', 'quarantined')`),
  ],
);

export const fileChunks = pgTable(
  'file_chunks',
  {
    fileId: uuid()
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    ordinal: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ name: 'file_chunks_pk', columns: [t.fileId, t.ordinal] })],
);

/** One row a deployment: facts every process needs to agree on. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: instant().notNull().default(sql`now()`),
});
