import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/** One kind of job that is due or waits for its next try, and what it last failed with. */
type Due = { task: string; count: number; locked: number; error: string | null };

/**
 * Waits until everything that is due has been done, also what a killed worker had begun or what failed and will be tried again.
 * @param patience ms without any progress, after which it is said what waits @throws then
 */
export async function settled(db: Database, patience = 120_000): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let movedAt = Date.now(); ; await sleep(200)) {
    const due = await db.execute<Due>(sql`
      select task_identifier as task, count(*)::int as count, count(locked_at)::int as locked, max(last_error) as error
      from graphile_worker.jobs where (run_at <= now() or attempts > 0) and attempts < max_attempts group by 1 order by 1`);
    const left = due.reduce((sum, each) => sum + each.count, 0);
    if (left === 0) return;
    if (left < fewest) [fewest, movedAt] = [left, Date.now()];
    if (Date.now() - movedAt < patience) continue;
    const told = due.map(
      ({ task, count, locked, error }) => `${count} ${task} (${locked} begun${error ? `, ${error}` : ''})`,
    );
    throw new Error(`The queue has stood still for ${patience / 1000} s: ${told.join(', ')}`);
  }
}
