import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { livingWorkers } from './living-workers.ts';
import { type OwnDatabase, testDatabase as test } from './testing/index.ts';

const lockedBy = async (own: OwnDatabase) =>
  (
    await own.ownerDb.execute<{ by: string | null }>(sql`select locked_by as by from graphile_worker._private_jobs`)
  ).map((row) => row.by);

test('jobs of a worker that died come back to the queue within seconds, those of a living one stay', async ({
  own,
}) => {
  const told: object[] = [];
  const alive = livingWorkers(own.ownerUrl, (_message, facts) => told.push(facts));
  const watcher = livingWorkers(own.ownerUrl, (_message, facts) => told.push(facts));
  try {
    alive.claim('worker-alive');
    watcher.claim('worker-watching');
    for (const worker of ['worker-dead', 'worker-alive']) {
      await own.ownerDb.execute(sql`select graphile_worker.add_job('some.job')`);
      await own.ownerDb.execute(
        sql`update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now() where locked_by is null`,
      );
    }
    await expect.poll(() => lockedBy(own), { timeout: 30_000 }).toContain(null);
    expect((await lockedBy(own)).toSorted()).toEqual([null, 'worker-alive']);
    // either of the living may have seen it first
    expect(told).toEqual([{ worker: 'worker-dead' }]);
  } finally {
    await alive.end();
    await watcher.end();
  }
});
