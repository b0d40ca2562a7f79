import { writeAudits } from './audit.ts';
import { type Context, inTransaction, type TxContext } from './context.ts';

/**
 * Runs `work` in the open transaction or in a new one. Whoever opens it writes the collected audit rows as the
 * last statement before the commit, so that the lock of the chain is held for the shortest time; no audit, no commit.
 */
export async function transaction<R>(ctx: Context, work: (ctx: TxContext) => Promise<R>): Promise<R> {
  if (inTransaction(ctx)) return work(ctx);
  return ctx.db.transaction(async (tx) => {
    const inner: TxContext = { ...ctx, tx, audits: [] };
    const result = await work(inner);
    await writeAudits(inner);
    return result;
  });
}
