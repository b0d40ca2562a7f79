/** How long a worker takes from its start to its first job, with so many timers open. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { newId } from '#server/platform/index.ts';

/** Timers that are due in the months to come, as the host writes them. */
export async function openTimers(owner: Database, count: number): Promise<void> {
  await owner.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select count(*) from (
      select graphile_worker.add_job('workflow.fire-timer', json_build_object('instanceId', gen_random_uuid(), 'at', 3, 'node', 'late', 'fired', 0, 'dueAt', now()),
        run_at := now() + (n % 100 + 1) * interval '1 day', job_key := 'timer:bench:' || n)
      from generate_series(1, ${count}::int) n) made`);
  });
  await owner.execute(sql`analyze graphile_worker._private_jobs`);
}

/** Starts a worker as `npm run worker` does. @returns ms until a job that was due has been done */
export async function startTime(owner: Database, url: string, ownerUrl: string, dataDir: string): Promise<number> {
  await owner.execute(
    sql`select graphile_worker.add_job('workflow.broadcast-signal', json_build_object('name', 'bench', 'except', ${newId()}::text), job_key := 'bench:first')`,
  );
  const began = performance.now();
  const worker = spawn(process.execPath, ['scripts/worker.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      DATABASE_OWNER_URL: ownerUrl,
      DATA_DIR: dataDir,
      DEMO: '1',
      NODE_ENV: 'production',
      AUTH_SECRET: 'a secret for measuring that is long enough',
    },
    stdio: 'ignore',
  });
  try {
    while (worker.exitCode === null) {
      const [row] = await owner.execute<{ n: number }>(
        sql`select count(*)::int as n from graphile_worker.jobs where key = 'bench:first'`,
      );
      if (row!.n === 0) return performance.now() - began;
      await sleep(5);
    }
    throw new Error(`the worker ended with ${worker.exitCode}`);
  } finally {
    await end(worker);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}
