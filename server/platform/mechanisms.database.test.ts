import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditEntries, sequenceCounters } from '#db/schema/platform.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import {
  AppError,
  allow,
  type Context,
  command,
  enqueue,
  getFile,
  hide,
  newContext,
  nextNumber,
  nothing,
  readFile,
  refuse,
  storeFile,
  systemActor,
  takeAttempt,
  transaction,
  verifyAuditChain,
} from './index.ts';

let own: OwnDatabase;
let ctx: Context;
const at = new Date('2026-11-23T08:00:00+07:00');

beforeAll(async () => {
  own = await ownDatabase();
  ctx = newContext(own.db, systemActor('test'), () => at, 'request-1');
});
afterAll(() => own.close());

const take = command({
  name: 'number.take',
  input: z.strictObject({
    key: z.string().min(1),
    ending: z.enum(['commit', 'fail', 'refuse', 'hide']).default('commit'),
  }),
  load: nothing,
  allow: (_actor, _subject, input) =>
    input.ending === 'refuse' ? refuse('errors.no') : input.ending === 'hide' ? hide : allow,
  run: async (tx, input) => {
    const number = await nextNumber(tx, 'test', input.key);
    await enqueue(tx, 'number.taken', { number }, { jobKey: `${input.key}:${number}` });
    if (input.ending === 'fail') throw new AppError('invalidState', 'errors.failed');
    return number;
  },
  audit: ({ input, result }) => ({ subjectType: 'number', subjectId: input.key, details: { result } }),
});

const audited = async (subjectId: string) =>
  own.db
    .select({ action: auditEntries.action, outcome: auditEntries.outcome, details: auditEntries.details })
    .from(auditEntries)
    .where(sql`${auditEntries.subjectId} = ${subjectId}`);
const jobsLike = async (prefix: string) => {
  const rows = await own.ownerDb.execute<{ n: number }>(
    sql`select count(*)::int as n from graphile_worker.jobs where key like ${`${prefix}%`}`,
  );
  return rows[0]!.n;
};

describe('a command', () => {
  test('commits its facts, its audit row and its jobs together', async () => {
    expect(await take(ctx, { key: 'a' })).toBe(1);
    expect(await audited('a')).toEqual([{ action: 'number.take', outcome: 'done', details: { result: 1 } }]);
    expect(await jobsLike('a:')).toBe(1);
  });

  test('leaves nothing behind when it fails but the record of the refusal, and the number is given again', async () => {
    await expect(take(ctx, { key: 'b', ending: 'fail' })).rejects.toMatchObject({ code: 'invalidState' });
    expect(await jobsLike('b:')).toBe(0);
    expect(await take(ctx, { key: 'b' })).toBe(1);
    const refused = await own.db
      .select()
      .from(auditEntries)
      .where(sql`${auditEntries.outcome} = 'refused' and ${auditEntries.details}->>'reason' = 'errors.failed'`);
    expect(refused).toHaveLength(1);
  });

  test('is refused with its reason, or as if the thing did not exist', async () => {
    await expect(take(ctx, { key: 'c', ending: 'refuse' })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'errors.no',
    });
    await expect(take(ctx, { key: 'c', ending: 'hide' })).rejects.toMatchObject({ code: 'notFound' });
    expect(await own.db.select().from(sequenceCounters).where(sql`${sequenceCounters.key} = 'c'`)).toEqual([]);
  });

  test('names each wrong field of its input and unknown ones', async () => {
    const wrong = { key: '', other: 1 } as unknown as { key: string };
    await expect(take(ctx, wrong)).rejects.toMatchObject({
      code: 'invalidInput',
      details: {
        fields: [
          { path: 'key', reason: 'errors.field.required' },
          { path: 'other', reason: 'errors.field.unknown' },
        ],
      },
    });
  });

  test('joins the transaction of the command around it', async () => {
    await expect(
      transaction(ctx, async (tx) => {
        await take(tx, { key: 'd' });
        throw new Error('outer fails');
      }),
    ).rejects.toThrow('outer fails');
    expect(await audited('d')).toEqual([]);
    expect(await take(ctx, { key: 'd' })).toBe(1);
  });
});

test('numbers taken at once by many have no gap and no repeat', async () => {
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      take(ctx, { key: 'many', ending: i % 4 === 3 ? 'fail' : 'commit' }).catch(() => null),
    ),
  );
  const numbers = taken.filter((n): n is number => n !== null).sort((x, y) => x - y);
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});

describe('the audit chain', () => {
  test('holds after concurrent commands', async () => {
    const verdict = await verifyAuditChain(own.db);
    expect(verdict).toMatchObject({ firstBad: null, reason: null });
    expect(verdict.rows).toBeGreaterThan(30);
  });

  test('cannot be changed or emptied by the application', async () => {
    for (const statement of [
      sql`update audit_entries set action = 'x'`,
      sql`delete from audit_entries`,
      sql`truncate audit_entries`,
    ]) {
      await expect(own.db.execute(statement)).rejects.toThrow();
    }
  });

  test('names the first row that somebody with more rights changed', async () => {
    await own.ownerDb
      .transaction(async (tx) => {
        await tx.execute(sql`alter table audit_entries disable trigger audit_entries_append_only`);
        await tx.execute(sql`update audit_entries set action = 'number.other' where id = 5`);
        expect(await verifyAuditChain(tx)).toMatchObject({ firstBad: 5, reason: 'changed' });
        await tx.execute(sql`update audit_entries set action = 'number.take' where id = 5`);
        await tx.execute(sql`delete from audit_entries where id = 7`);
        expect(await verifyAuditChain(tx)).toMatchObject({ firstBad: 7, reason: 'missing' });
        tx.rollback();
      })
      .catch((error: Error) => expect(error.message).toContain('Rollback'));
  });
});

test('a file comes back byte for byte, whatever its size', async () => {
  for (const size of [0, 1, 262_144, 262_145, 700_001]) {
    const bytes = new Uint8Array(size).map((_, i) => (i * 31) % 251);
    const stored = await transaction(ctx, (tx) =>
      storeFile(tx, { name: 'Bản vẽ.pdf', mediaType: 'application/pdf', bytes }),
    );
    expect((await getFile(own.db, stored.id)).size).toBe(size);
    expect(Buffer.compare(await readFile(own.db, stored.id), bytes)).toBe(0);
  }
});

test('attempts are counted over all processes and refused past the limit, with the minutes to wait', async () => {
  for (let i = 0; i < 3; i++) await takeAttempt(own.db, 'k', 3, 600, at);
  await expect(takeAttempt(own.db, 'k', 3, 600, at)).rejects.toMatchObject({
    code: 'limit',
    details: { values: { minutes: 10 } },
  });
  await expect(takeAttempt(own.db, 'k', 3, 600, new Date(at.getTime() + 600_000))).resolves.toBeUndefined();
});
