import { expect } from 'vitest';
import { rateLimits } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { limitsDaily, limitsJobs } from './clear-limits.ts';
import { newContext, systemActor, takeAttempt } from './index.ts';

const now = new Date('2026-11-23T19:20:00Z');
const hours = (count: number) => new Date(now.getTime() - count * 3_600_000);

test('counters long past are cleared every night, those that may still count stay', async ({ db }) => {
  const day = 24 * 60 * 60;
  await takeAttempt(db, 'long past', 5, 60, hours(49));
  await takeAttempt(db, 'a whole day, begun yesterday', 1, day, hours(24));
  await takeAttempt(db, 'now', 5, 60, now);
  const [clear] = limitsJobs;
  expect(limitsDaily.map(({ job }) => job)).toEqual([clear!.name]);
  const run = () =>
    clear!.handler(
      newContext(db, systemActor(clear!.name), () => now),
      {},
      { number: 1, last: false },
    );
  await run();
  await run();
  expect((await db.select().from(rateLimits)).map((row) => row.key).sort()).toEqual([
    'a whole day, begun yesterday',
    'now',
  ]);
  await expect(takeAttempt(db, 'a whole day, begun yesterday', 1, day, hours(24))).rejects.toMatchObject({
    code: 'limit',
  });
});
