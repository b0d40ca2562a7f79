import { sql } from 'drizzle-orm';
import { Logger, runOnce, type TaskList } from 'graphile-worker';
import type { OwnDatabase } from './index.ts';

const quiet = new Logger(() => () => {});

/** Runs every job that is due, also those it adds, as the worker would. With `all`, jobs of the future are due now. */
export async function runQueuedJobs(
  own: OwnDatabase,
  taskList: TaskList,
  options: { all?: boolean } = {},
): Promise<void> {
  if (options.all)
    await own.ownerDb.execute(sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`);
  await runOnce({ connectionString: own.ownerUrl, taskList, logger: quiet, noHandleSignals: true });
}

/** The jobs in the queue, oldest first. */
export async function queuedJobs(
  own: OwnDatabase,
): Promise<{ name: string; key: string | null; runAt: Date; attempts: number; lastError: string | null }[]> {
  const rows = await own.ownerDb.execute<{
    name: string;
    key: string | null;
    run_at: string;
    attempts: number;
    last_error: string | null;
  }>(sql`select task_identifier as name, key, run_at, attempts, last_error from graphile_worker.jobs order by id`);
  return rows.map(({ run_at, last_error, ...r }) => ({ ...r, runAt: new Date(run_at), lastError: last_error }));
}
