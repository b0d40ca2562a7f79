import { createHash, createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { leafHash } from './merkle.ts';

/** A row of the audit log as text, so that what is hashed does not hang on how a language prints it. */
export interface AuditRow extends Record<string, unknown> {
  id: number;
  /** ISO 8601, UTC, milliseconds */
  at: string;
  action: string;
  outcome: string;
  subjectType: string;
  subjectId: string | null;
  /** who: kind and id */
  actor: string;
  /** jsonb as Postgres prints it */
  details: string;
  /** of the chain, hexadecimal */
  digest: string;
}

/** What a leaf of a head's tree says of a row: open what says what happened to what and when, hidden who and how. */
export interface LogEntry {
  id: number;
  at: string;
  action: string;
  outcome: string;
  subjectType: string;
  subjectId: string | null;
  actorDigest: string;
  detailsDigest: string;
  chainDigest: string;
}

/** A hidden field laid open: the digest of salt and value stands in the entry. */
export interface Opened {
  salt: string;
  value: string;
}

const columns = sql`id::int8::int as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, action, outcome,
  subject_type as "subjectType", subject_id as "subjectId", actor_kind || ':' || coalesce(actor_id, '') as actor, details::text as details, encode(digest, 'hex') as digest`;

/** The rows from `first` to `last`, in order. */
export const auditRows = async (db: Reader, first: number, last: number): Promise<AuditRow[]> => [
  ...(await db.execute<AuditRow>(
    sql`select ${columns} from audit_entries where id between ${first} and ${last} order by id`,
  )),
];

/** The rows about any of these subjects, in order. */
export async function auditRowsAbout(
  db: Reader,
  subjects: readonly { type: string; id: string }[],
): Promise<AuditRow[]> {
  const named = JSON.stringify(subjects);
  return [
    ...(await db.execute<AuditRow>(sql`select ${columns} from audit_entries e where exists (
      select 1 from jsonb_to_recordset(${named}::jsonb) as s (type text, id text)
      where e.subject_type = s.type and e.subject_id = s.id) order by id`)),
  ];
}

/** The last row; null: the log is empty. */
export async function lastAuditRow(db: Reader): Promise<{ id: number; digest: string } | null> {
  const [row] = await db.execute<{ id: number; digest: string }>(
    sql`select id::int8::int as id, encode(digest, 'hex') as digest from audit_entries order by id desc limit 1`,
  );
  return row ?? null;
}

const saltOf = (secret: string, id: number, field: string): string =>
  createHmac('sha256', secret).update(`${id}|${field}`).digest('hex');
const digestOf = ({ salt, value }: Opened): string => createHash('sha256').update(salt).update(value).digest('hex');

/** What stands behind the two digests of an entry. `secret`: that of the head which covers the row. */
export function openedOf(row: AuditRow, secret: string): { actor: Opened; details: Opened } {
  return {
    actor: { salt: saltOf(secret, row.id, 'actor'), value: row.actor },
    details: { salt: saltOf(secret, row.id, 'details'), value: row.details },
  };
}

export function entryOf(row: AuditRow, secret: string): LogEntry {
  const { id, at, action, outcome, subjectType, subjectId } = row;
  const { actor, details } = openedOf(row, secret);
  return {
    id,
    at,
    action,
    outcome,
    subjectType,
    subjectId,
    actorDigest: digestOf(actor),
    detailsDigest: digestOf(details),
    chainDigest: row.digest,
  };
}

/** The leaf of an entry: the SHA-256 of its JSON with the keys in this very order. */
export const leafOf = (entry: LogEntry): string => leafHash(JSON.stringify(entry));
