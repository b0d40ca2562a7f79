import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { auditHeads } from '#db/schema/platform.ts';
import { env } from '#server/platform/env.ts';
import { allow, type Context, command, job, refuse } from '#server/platform/index.ts';
import { systemKey, timestampToken } from '#server/signatures/index.ts';
import { auditRows, entryOf, lastAuditRow, leafOf } from './audit-rows.ts';
import { type HeadStatement, lastHead, sha256Hex, statementIn } from './heads.ts';
import { rootOf } from './merkle.ts';

/**
 * Signs what the audit log says now, beginning where the last head ended. With a time-stamp authority its token is
 * fetched first: when it does not answer nothing is kept and the job comes back. Two at a time: one head.
 */
export async function sealHead(ctx: Context): Promise<HeadStatement | null> {
  const before = await lastHead(ctx.db);
  const last = await lastAuditRow(ctx.db);
  const firstRow = (before?.lastRow ?? 0) + 1;
  if (!last || last.id < firstRow) return null;
  const secret = randomBytes(32).toString('base64url');
  const rows = await auditRows(ctx.db, firstRow, last.id);
  const statement: HeadStatement = {
    version: 1,
    ordinal: (before?.ordinal ?? 0) + 1,
    issuer: env().appUrl,
    firstRow,
    lastRow: last.id,
    chainDigest: last.digest,
    treeRoot: rootOf(rows.map((row) => leafOf(entryOf(row, secret)))),
    previous: before ? sha256Hex(before.jws) : null,
    at: ctx.now().toISOString(),
  };
  const jws = (await systemKey(ctx)).sign(Buffer.from(JSON.stringify(statement)));
  const { tsaUrl } = env();
  const timestamp = tsaUrl ? await timestampToken(Buffer.from(sha256Hex(jws), 'hex'), tsaUrl) : null;
  return keepHead(ctx, { secret, jws, timestamp });
}

const keepHead = command({
  name: 'audit.seal-head',
  input: z.object({
    secret: z.string(),
    jws: z.string(),
    timestamp: z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable(),
  }),
  load: async (ctx) => {
    await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit_heads'))`);
    return lastHead(ctx.tx);
  },
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('audit.errors.systemOnly')),
  run: async (ctx, { secret, jws, timestamp }, before): Promise<HeadStatement> => {
    const statement = statementIn(jws);
    // another process was first: its head stands
    if (before && before.ordinal >= statement.ordinal) return statementIn(before.jws);
    const { ordinal, firstRow, lastRow } = statement;
    await ctx.tx.insert(auditHeads).values({ ordinal, firstRow, lastRow, secret, jws, timestamp, at: ctx.now() });
    return statement;
  },
  audit: ({ result }) => ({
    subjectType: 'audit',
    subjectId: null,
    details: { ordinal: result.ordinal, lastRow: result.lastRow },
  }),
});

export const seal = job('audit.seal-head', z.object({}), async (ctx) => {
  await sealHead(ctx);
});
