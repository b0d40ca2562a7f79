import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { type LivingWorkers, livingWorkers } from './living-workers.ts';
import { type OwnDatabase, testDatabase as test } from './testing/index.ts';

const lockedBy = async (own: OwnDatabase) =>
  (
    await own.ownerDb.execute<{ by: string | null }>(sql`select locked_by as by from graphile_worker._private_jobs`)
  ).map((row) => row.by);

test('jobs of a worker that died come back to the queue within seconds, those of a living one stay', async ({
  own,
}) => {
  const told: object[] = [];
  const pace = { lookEvery: 200, patience: 1000 };
  const [alive, watcher] = [0, 1].map(() =>
    livingWorkers(own.ownerUrl, (_message, facts) => told.push(facts), pace),
  ) as [LivingWorkers, LivingWorkers];
  try {
    alive.claim('worker-alive');
    watcher.claim('worker-watching');
    for (const worker of ['worker-dead', 'worker-alive']) {
      await own.ownerDb.execute(sql`select graphile_worker.add_job('some.job', max_attempts := 1)`);
      await own.ownerDb.execute(
        sql`update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now(), attempts = 1 where locked_by is null`,
      );
    }
    await expect.poll(() => lockedBy(own), { timeout: 30_000 }).toContain(null);
    expect((await lockedBy(own)).toSorted()).toEqual([null, 'worker-alive']);
    // it was its last attempt: nobody would hear of it without another
    const [again] = await own.ownerDb.execute<{ left: number }>(
      sql`select max_attempts - attempts as left from graphile_worker._private_jobs where locked_by is null`,
    );
    expect(again).toEqual({ left: 1 });
    // either of the living may have seen it first
    expect(told).toEqual([{ worker: 'worker-dead' }]);
  } finally {
    await alive.end();
    await watcher.end();
  }
});

test('a job that planned its own next run before its worker died is not left behind as one that failed', async ({
  own,
}) => {
  const watcher = livingWorkers(own.ownerUrl, () => {}, { lookEvery: 100, patience: 300 });
  const plan = sql`select graphile_worker.add_job('some.watch', job_key := 'some.watch:1')`;
  try {
    watcher.claim('worker-watching');
    await own.ownerDb.execute(plan);
    await own.ownerDb.execute(
      sql`update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now(), attempts = 1`,
    );
    await own.ownerDb.execute(plan);
    await expect.poll(() => lockedBy(own), { timeout: 30_000 }).toEqual([null]);
    const left = await own.ownerDb.execute(sql`select key, attempts from graphile_worker._private_jobs`);
    expect([...left]).toEqual([{ key: 'some.watch:1', attempts: 0 }]);
  } finally {
    await watcher.end();
  }
});
