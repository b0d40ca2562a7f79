import { sql } from 'drizzle-orm';
import type { TxContext } from './context.ts';

/**
 * The next number of a gap-free sequence, from 1. The counter's row stays locked until the commit, so a rollback
 * gives the number back and two takers never get the same one. Take it late in a transaction.
 * @param count how many to take at once; the answer is the first of them
 */
export async function nextNumber(ctx: TxContext, scope: string, key: string, count = 1): Promise<number> {
  const [row] = await ctx.tx.execute<{ value: number }>(sql`
    insert into sequence_counters as c (scope, key, value) values (${scope}, ${key}, ${count}::int)
    on conflict on constraint sequence_counters_pk do update set value = c.value + ${count}::int returning value`);
  return row!.value - count + 1;
}
