import { desc, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { auditEntries } from '#db/schema/platform.ts';
import { type OwnDatabase, testDatabase as test } from '#db/testing/index.ts';
import { runQueuedJobs } from '#db/testing/jobs.ts';
import { contextOf, insertGrant, insertMinistry, insertOrganisation, insertUser } from '#server/identity/testing.ts';
import type { Context } from '#server/platform/index.ts';
import { alarmsOf, discardJob, operatorFacts, parkedJobs, retryJob } from './index.ts';

const at = new Date('2026-03-02T02:00:00Z');

/** An administrator of the ministry, one of a province, and a queue whose one job always fails. */
async function begin(own: OwnDatabase): Promise<{ ministry: Context; province: Context; tries: number[] }> {
  const administrator = async (organisationId: string): Promise<Context> => {
    const userId = await insertUser(own.ownerDb, { official: true });
    await insertGrant(own.ownerDb, userId, 'admin', organisationId);
    return contextOf(own.db, userId, true, () => at);
  };
  const ministry = await administrator(await insertMinistry(own.ownerDb));
  const province = await administrator(await insertOrganisation(own.ownerDb));
  await own.db.execute(sql`select enqueue('mail.deliver', '{"mailId":"poison"}'::json, attempts => 3)`);
  const tries: number[] = [];
  for (let i = 0; i < 6; i++) await fail(own, tries);
  return { ministry, province, tries };
}

/** Runs what is due, and makes the next try due at once. */
async function fail(own: OwnDatabase, tries: number[], outcome: () => void = refuse): Promise<void> {
  await runQueuedJobs(own, {
    'mail.deliver': async (payload, { job }) => {
      z.object({ mailId: z.string() }).parse(payload);
      tries.push(job.attempts);
      outcome();
    },
  });
  await own.ownerDb.execute(sql`update graphile_worker._private_jobs set run_at = now() where attempts < max_attempts`);
}

const refuse = (): never => {
  throw new Error('the mail server does not answer');
};

async function lastAudit(own: OwnDatabase) {
  const [row] = await own.ownerDb.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
  return row;
}

test('a job that fails as often as it may is tried no more and is shown with its reason', async ({ own }) => {
  const { ministry, tries } = await begin(own);
  expect(tries).toEqual([1, 2, 3]);
  expect(await parkedJobs(ministry, {})).toMatchObject([
    { name: 'mail.deliver', attempts: 3, lastError: 'the mail server does not answer' },
  ]);
});

test('after a failure the next try waits, longer each time', async ({ own }) => {
  await own.db.execute(sql`select enqueue('mail.deliver', '{"mailId":"x"}'::json)`);
  const pauses: number[] = [];
  for (let i = 0; i < 3; i++) {
    await runQueuedJobs(own, { 'mail.deliver': refuse });
    const [row] = await own.ownerDb.execute<{ pause: number }>(
      sql`select extract(epoch from run_at - now())::float as pause from graphile_worker._private_jobs`,
    );
    pauses.push(row!.pause);
    await own.ownerDb.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  }
  expect(pauses[0]).toBeGreaterThan(0);
  expect(pauses[1]).toBeGreaterThan(pauses[0]!);
  expect(pauses[2]).toBeGreaterThan(pauses[1]!);
});

test('a parked job that is let run again runs, with an audit row that names who did it', async ({ own }) => {
  const { ministry, tries } = await begin(own);
  const [job] = await parkedJobs(ministry, {});
  await retryJob(ministry, { jobId: job!.id });
  expect(await lastAudit(own)).toMatchObject({
    action: 'job.retry',
    outcome: 'done',
    subjectId: job!.id,
    actorKind: 'person',
  });
  await fail(own, tries, () => {});
  expect(tries).toEqual([1, 2, 3, 1]);
  expect(await parkedJobs(ministry, {})).toEqual([]);
  await expect(retryJob(ministry, { jobId: job!.id })).rejects.toMatchObject({ code: 'notFound' });
});

test('a parked job is discarded with a reason that stays in the audit log; without one it stays', async ({ own }) => {
  const { ministry } = await begin(own);
  const [job] = await parkedJobs(ministry, {});
  await expect(discardJob(ministry, { jobId: job!.id, reason: ' ' })).rejects.toMatchObject({ code: 'invalidInput' });
  expect(await parkedJobs(ministry, {})).toHaveLength(1);
  await discardJob(ministry, { jobId: job!.id, reason: 'Địa chỉ không còn' });
  expect(await parkedJobs(ministry, {})).toEqual([]);
  expect(await lastAudit(own)).toMatchObject({
    action: 'job.discard',
    details: { name: 'mail.deliver', reason: 'Địa chỉ không còn' },
  });
});

test('only administrators of the ministry see and touch parked jobs; a refusal is recorded', async ({ own }) => {
  const { ministry, province } = await begin(own);
  const [job] = await parkedJobs(ministry, {});
  await expect(parkedJobs(province, {})).rejects.toMatchObject({ code: 'forbidden' });
  for (const act of [retryJob(province, { jobId: job!.id }), discardJob(province, { jobId: job!.id, reason: 'x' })])
    await expect(act).rejects.toMatchObject({ code: 'forbidden' });
  expect(await lastAudit(own)).toMatchObject({ outcome: 'refused', subjectType: 'job' });
  expect(await parkedJobs(ministry, {})).toHaveLength(1);
});

test('a job that still has tries left is neither shown nor touched', async ({ own }) => {
  const { ministry } = await begin(own);
  await own.db.execute(sql`select enqueue('mail.send', '{}'::json)`);
  const [row] = await own.ownerDb.execute<{ id: string }>(
    sql`select id::text from graphile_worker._private_jobs where attempts = 0`,
  );
  expect((await parkedJobs(ministry, {})).map(({ name }) => name)).toEqual(['mail.deliver']);
  await expect(discardJob(ministry, { jobId: row!.id, reason: 'x' })).rejects.toMatchObject({ code: 'notFound' });
});

describe('what an operator is told', () => {
  test('is asked with the rights of the application and counts what waits, fails and is parked', async ({ own }) => {
    await begin(own);
    await own.db.execute(sql`select enqueue('mail.send', '{}'::json)`);
    const facts = await operatorFacts(own.db, '.');
    expect(facts).toMatchObject({ queue: { waiting: 1, parked: 1 }, archive: null });
    expect(facts.alarms).toContain('parkedJobs');
    expect(facts.database.bytes).toBeGreaterThan(1_000_000);
  });

  test('names what is out of order, and nothing when all is well', () => {
    const well = {
      queue: { waiting: 3, failing: 1, parked: 0, lateSeconds: 2 },
      database: { bytes: 1, connections: 10, maxConnections: 100 },
      archive: { failing: false, lastAt: null },
      disk: { freeBytes: 50e9, totalBytes: 100e9 },
    };
    expect(alarmsOf(well)).toEqual([]);
    expect(
      alarmsOf({
        queue: { ...well.queue, lateSeconds: 301 },
        database: { ...well.database, connections: 90 },
        archive: { failing: true, lastAt: null },
        disk: { freeBytes: 2e9, totalBytes: 100e9 },
      }),
    ).toEqual(['queueLate', 'archive', 'disk', 'connections']);
  });
});
