/** Runs the jobs of a test database as the worker would, without a second process. */
import { sql } from 'drizzle-orm';
import { Logger, runOnce, type Task } from 'graphile-worker';
import type { Database } from '#db/client.ts';
import type { OwnDatabase } from '#db/testing/index.ts';
import { newContext, now, systemActor, type TxContext, transaction } from '#server/platform/index.ts';
import { workflowJobs } from '../jobs.ts';

const quiet = new Logger(() => () => {});

/** A transaction as the system. */
export const inTx = <R>(db: Database, work: (ctx: TxContext) => Promise<R>, at: () => Date = now): Promise<R> =>
  transaction(newContext(db, systemActor('test'), at), work);

/** Runs every job that is due, also those it adds; with `all`, jobs of the future are due now. */
export async function runJobs(own: OwnDatabase, options: { all?: boolean } = {}): Promise<void> {
  if (options.all)
    await own.ownerDb.execute(sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`);
  const taskList: Record<string, Task> = {};
  for (const job of workflowJobs) {
    taskList[job.name] = async (raw, { job: row }) => {
      const ctx = newContext(own.db, systemActor(job.name), now);
      await job.handler(ctx, job.payload.parse(raw), { number: row.attempts, last: row.attempts >= row.max_attempts });
    };
  }
  await runOnce({ connectionString: own.ownerUrl, taskList, logger: quiet, noHandleSignals: true });
}

/** Names and keys of the jobs in the queue. */
export async function queued(
  own: OwnDatabase,
): Promise<{ name: string; key: string | null; run_at: Date; attempts: number }[]> {
  const rows = await own.ownerDb.execute<{ name: string; key: string | null; run_at: string; attempts: number }>(
    sql`select task_identifier as name, key, run_at, attempts from graphile_worker.jobs order by id`,
  );
  return rows.map((r) => ({ ...r, run_at: new Date(r.run_at) }));
}
