import type { Database, Reader, Tx } from '#db/client.ts';
import type { Actor } from './actor.ts';
import type { AuditDraft } from './audit.ts';
import { newId } from './ids.ts';
import { databaseFor, readOnly, transactionFor } from './speaking.ts';

/** What every call carries: who, when, and where the data is. */
export interface Context {
  /** speaks for the actor: the database's own row policies decide by whom it names */
  db: Database;
  actor: Actor;
  /** the one clock */
  now: () => Date;
  requestId: string;
}

/** A context inside a transaction. Audit rows are collected and chained once, at the outermost commit. */
export interface TxContext extends Context {
  tx: Tx;
  audits: AuditDraft[];
}

export const inTransaction = (ctx: Context): ctx is TxContext => 'tx' in ctx && ctx.tx !== undefined;

/** Reads go to the open transaction where there is one, else to the pool. */
export const reader = (ctx: Context): Reader => (inTransaction(ctx) ? ctx.tx : ctx.db);

export function newContext(db: Database, actor: Actor, now: () => Date, requestId: string = newId()): Context {
  return { db: databaseFor(db, actor), actor, now, requestId };
}

/** The same call as somebody else, e.g. the system following up on what a person did; in an open transaction too. */
export function as<C extends Context>(ctx: C, actor: Actor): C {
  if (!inTransaction(ctx)) return { ...ctx, actor, db: databaseFor(ctx.db, actor) };
  const tx = transactionFor(ctx.tx, ctx.actor, actor);
  // reads run on the transaction wherever they ask
  const reads = (ctx.db as unknown) === ctx.tx;
  return { ...ctx, actor, tx, db: reads ? (tx as unknown as Database) : databaseFor(ctx.db, actor) };
}

/**
 * Reads in the open transaction, or in one of its own that can change nothing: what was found and what is told about
 * it are of the same speaker. Limits are counted before it, since nothing may be written in it.
 */
export async function reading<R>(ctx: Context, work: (ctx: TxContext) => Promise<R>): Promise<R> {
  if (inTransaction(ctx)) return work(ctx);
  return readOnly(ctx.db, ctx.actor, (tx) => work({ ...ctx, db: tx as unknown as Database, tx, audits: [] }));
}
