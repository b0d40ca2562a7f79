import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import type { Actor } from './actor.ts';
import { as, type Context, type TxContext } from './context.ts';

/** What a command says about itself. No personal data beyond ids; never a secret. */
export interface AuditFacts {
  subjectType: string;
  subjectId: string | null;
  details?: Record<string, unknown>;
}

export interface AuditDraft extends AuditFacts {
  action: string;
  outcome: 'done' | 'refused';
  actor: Actor;
  at: Date;
}

/** Adds a row to the collection of this transaction; it is written at the outermost commit. */
export function recordAudit(ctx: TxContext, action: string, facts: AuditFacts): void {
  ctx.audits.push({ ...facts, action, outcome: 'done', actor: ctx.actor, at: ctx.now() });
}

/** Writes the collected rows in order; a trigger numbers and chains them under one lock. */
export async function writeAudits(ctx: TxContext): Promise<void> {
  if (ctx.audits.length === 0) return;
  for (const draft of ctx.audits) {
    const { actor } = draft;
    // a row names who speaks: the database refuses one in another's name
    await as(ctx, actor)
      .tx.insert(auditEntries)
      .values({
        id: 0,
        at: draft.at,
        action: draft.action,
        outcome: draft.outcome,
        actorKind: actor.kind,
        actorId: actor.kind === 'person' ? actor.userId : actor.kind === 'system' ? actor.name : null,
        actingFor: actor.kind === 'person' ? actor.actingFor : null,
        sessionId: actor.kind === 'person' ? actor.sessionId : null,
        requestId: ctx.requestId,
        subjectType: draft.subjectType,
        subjectId: draft.subjectId,
        details: draft.details ?? {},
        previousDigest: new Uint8Array(),
        digest: new Uint8Array(),
      });
  }
  ctx.audits.length = 0;
}

/** A refusal leaves its row in a transaction of its own, after the refused one has been rolled back. */
export async function recordRefusal(ctx: Context, action: string, facts: AuditFacts): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const draft: AuditDraft = { ...facts, action, outcome: 'refused', actor: ctx.actor, at: ctx.now() };
    await writeAudits({ ...ctx, tx, audits: [draft] });
  });
}

export interface AuditVerdict {
  rows: number;
  /** id of the first row that is missing, changed or out of order; null when the chain holds */
  firstBad: number | null;
  reason: 'changed' | 'missing' | null;
}

/** Recomputes the whole chain in the database: each row's digest over its own fields and the digest before it. */
export async function verifyAuditChain(db: Pick<Database, 'execute'>): Promise<AuditVerdict> {
  const [row] = await db.execute<{ rows: number; first_bad: number | null; reason: 'changed' | 'missing' | null }>(
    sql`select rows::int, first_bad::int, reason from verify_audit_chain()`,
  );
  return { rows: row!.rows, firstBad: row!.first_bad, reason: row!.reason };
}
