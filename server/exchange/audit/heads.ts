import { createHash, verify, X509Certificate } from 'node:crypto';
import { and, asc, desc, eq, gte, lte } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { auditHeads } from '#db/schema/platform.ts';
import { auditRows, entryOf, leafOf } from './audit-rows.ts';
import { rootOf } from './merkle.ts';

export type HeadRow = typeof auditHeads.$inferSelect;

/** What a head states, as it is signed. Digests are hexadecimal SHA-256. */
export interface HeadStatement {
  version: 1;
  ordinal: number;
  /** address of the system */
  issuer: string;
  firstRow: number;
  lastRow: number;
  /** digest of the last row: the chain up to here */
  chainDigest: string;
  /** root of the hash tree over the entries of these rows */
  treeRoot: string;
  /** of the JWS before; null: the first */
  previous: string | null;
  at: string;
}

/** A head as it is published. */
export interface PublishedHead {
  statement: HeadStatement;
  jws: string;
  /** base64; null: without a time-stamp authority */
  timestamp: string | null;
}

export const sha256Hex = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

export async function lastHead(db: Reader): Promise<HeadRow | null> {
  const [row] = await db.select().from(auditHeads).orderBy(desc(auditHeads.ordinal)).limit(1);
  return row ?? null;
}

/** The head that covers a row; null: none does yet. */
export async function headOver(db: Reader, row: number): Promise<HeadRow | null> {
  const [found] = await db
    .select()
    .from(auditHeads)
    .where(and(lte(auditHeads.firstRow, row), gte(auditHeads.lastRow, row)));
  return found ?? null;
}

export async function findHead(db: Reader, ordinal: number): Promise<HeadRow | null> {
  const [row] = await db.select().from(auditHeads).where(eq(auditHeads.ordinal, ordinal));
  return row ?? null;
}

export const statementIn = (jws: string): HeadStatement =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as HeadStatement;

export const publishedHead = ({ jws, timestamp }: HeadRow): PublishedHead => ({
  statement: statementIn(jws),
  jws,
  timestamp: timestamp ? Buffer.from(timestamp).toString('base64') : null,
});

/** The leaves of a head's tree, computed again from the rows. */
export const leavesOf = async (db: Reader, { firstRow, lastRow, secret }: HeadRow): Promise<string[]> =>
  (await auditRows(db, firstRow, lastRow)).map((row) => leafOf(entryOf(row, secret)));

/** Whether the signature of a JWS of ours is that of the certificate in its header. */
export function jwsHolds(jws: string): boolean {
  try {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { x5c: string[] };
    const key = new X509Certificate(Buffer.from(x5c[0]!, 'base64')).publicKey;
    const value = Buffer.from(signature, 'base64url');
    return verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, value);
  } catch {
    return false;
  }
}

export type HeadFault = 'signature' | 'order' | 'chain' | 'rows';
export interface HeadsVerdict {
  heads: number;
  firstBad: number | null;
  reason: HeadFault | null;
}

/** Checks every head against its signature, the one before it and the rows as they stand now; names the first that fails. */
export async function verifyHeads(db: Reader): Promise<HeadsVerdict> {
  const heads = await db.select().from(auditHeads).orderBy(asc(auditHeads.ordinal));
  let before: HeadRow | null = null;
  for (const head of heads) {
    const reason = await faultOf(db, head, before);
    if (reason) return { heads: heads.length, firstBad: head.ordinal, reason };
    before = head;
  }
  return { heads: heads.length, firstBad: null, reason: null };
}

async function faultOf(db: Reader, head: HeadRow, before: HeadRow | null): Promise<HeadFault | null> {
  if (!jwsHolds(head.jws)) return 'signature';
  const statement = statementIn(head.jws);
  const inOrder =
    head.ordinal === (before?.ordinal ?? 0) + 1 &&
    head.firstRow === (before?.lastRow ?? 0) + 1 &&
    statement.previous === (before ? sha256Hex(before.jws) : null) &&
    statement.firstRow === head.firstRow &&
    statement.lastRow === head.lastRow;
  if (!inOrder) return 'order';
  const rows = await auditRows(db, head.firstRow, head.lastRow);
  if (rows.at(-1)?.digest !== statement.chainDigest) return 'chain';
  if (rows.length !== head.lastRow - head.firstRow + 1) return 'rows';
  return rootOf(rows.map((row) => leafOf(entryOf(row, head.secret)))) === statement.treeRoot ? null : 'rows';
}
