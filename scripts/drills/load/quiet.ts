import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { waitUntil } from './service.ts';

/** Waits until everything that is due has been done, also what a killed worker had begun. */
export async function settled(db: Database, patience = 120_000): Promise<void> {
  const due = async () => {
    const [row] = await db.execute<{ due: number }>(
      sql`select count(*)::int as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
    );
    return row!.due === 0;
  };
  await waitUntil(due, patience, 'the queue to run empty');
}
