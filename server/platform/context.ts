import type { Database, Reader, Tx } from '#db/client.ts';
import type { Actor } from './actor.ts';
import type { AuditDraft } from './audit.ts';
import { newId } from './ids.ts';

/** What every call carries: who, when, and where the data is. */
export interface Context {
  db: Database;
  actor: Actor;
  /** the one clock; demo mode may shift it */
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
  return { db, actor, now, requestId };
}

/** The same call as somebody else, e.g. the system following up on what a person did. */
export const as = <C extends Context>(ctx: C, actor: Actor): C => ({ ...ctx, actor });
