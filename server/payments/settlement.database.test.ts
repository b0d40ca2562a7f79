import { eq } from 'drizzle-orm';
import { afterEach, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { paymentCallbacks, paymentIntents } from '#db/schema/payments.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { AppError, verifyAuditChain } from '#server/platform/index.ts';
import { cancelPayment } from './commands/cancel-payment.ts';
import { recordCallback } from './commands/record-callback.ts';
import { requestPayment } from './commands/request-payment.ts';
import { receiveBankCallback } from './receive-callback.ts';
import { getIntent, type Intent } from './records.ts';
import { onPaymentSettled } from './subjects.ts';
import {
  aCallback,
  addOrganisation,
  addUser,
  aRequest,
  auditLog,
  contextOf,
  personOf,
  subjectOf,
  testTime,
  waitingJobs,
} from './testing/rows.ts';

const followUps: Intent[] = [];
let failFollowUp = false;
onPaymentSettled('test', async (_, intent) => {
  if (failFollowUp) throw new AppError('invalidState', 'errors.unexpected');
  followUps.push(intent);
});

afterEach(() => {
  followUps.length = 0;
  failFollowUp = false;
});

async function somethingOwed(db: Database, payee?: string): Promise<Intent> {
  const payer = personOf(await addUser(db));
  return requestPayment(contextOf(db, payer), aRequest(payee ?? (await addOrganisation(db))));
}

const callbacksIn = (db: Database) => db.select().from(paymentCallbacks).orderBy(paymentCallbacks.id);

describe('a genuine callback', () => {
  test('for the exact sum settles, numbers the receipt, tells who follows and asks for the receipt', async ({
    own,
  }) => {
    const { db } = own;
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    const callback = await aCallback(ctx, intent, { bankReference: 'FT26327000001' });
    expect(await receiveBankCallback(ctx, callback)).toMatchObject({ outcome: 'settled', paymentId: intent.id });
    expect(await getIntent(db, intent.id)).toMatchObject({
      status: 'settled',
      settledAt: testTime,
      receiptNumber: 1,
      receiptYear: 2026,
      providerReference: 'FT26327000001',
    });
    expect(followUps).toMatchObject([{ id: intent.id, status: 'settled' }]);
    expect(await waitingJobs(own.ownerDb)).toEqual(['receipt.issue']);
    expect(await auditLog(db)).toEqual(['payment.request done', 'payment.record-callback done']);
  });

  test('repeated gives the same answer and changes nothing', async ({ own }) => {
    const { db } = own;
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    const callback = await aCallback(ctx, intent);
    const first = await receiveBankCallback(ctx, callback);
    const before = {
      intent: await getIntent(db, intent.id),
      audit: await auditLog(db),
      jobs: await waitingJobs(own.ownerDb),
    };
    for (let i = 0; i < 3; i++) expect(await receiveBankCallback(ctx, callback)).toEqual(first);
    expect(await recordCallback(ctx, callback)).toEqual(first);
    expect(await getIntent(db, intent.id)).toEqual(before.intent);
    expect(await waitingJobs(own.ownerDb)).toEqual(before.jobs);
    expect(await callbacksIn(db)).toHaveLength(1);
    expect(followUps).toHaveLength(1);
  });

  test.for([
    ['too little', { amount: 999_000 }, 'underpaid'],
    ['another account', { accountNumber: '000111222333' }, 'unknown-reference'],
    ['a text that names nothing', { content: 'nop phi' }, 'unknown-reference'],
    ['a reference nobody has', { content: 'MC2222222222' }, 'unknown-reference'],
  ] as const)('with %s is recorded and settles nothing', async ([, overrides, outcome], { db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    expect(await receiveBankCallback(ctx, await aCallback(ctx, intent, overrides))).toMatchObject({ outcome });
    expect((await getIntent(db, intent.id)).status).toBe('pending');
    expect(await callbacksIn(db)).toMatchObject([
      { outcome, amount: 'amount' in overrides ? overrides.amount : 1_000_000 },
    ]);
    expect(followUps).toEqual([]);
  });

  test('that comes after the sum was cancelled is recorded as late', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    await cancelPayment(ctx, subjectOf(intent));
    expect(await receiveBankCallback(ctx, await aCallback(ctx, intent))).toMatchObject({ outcome: 'late' });
    expect((await getIntent(db, intent.id)).status).toBe('cancelled');
  });

  test('of a second transfer is recorded as one too many', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    await receiveBankCallback(ctx, await aCallback(ctx, intent));
    expect(await receiveBankCallback(ctx, await aCallback(ctx, intent))).toMatchObject({ outcome: 'repeated' });
    expect((await callbacksIn(db)).map((row) => row.outcome)).toEqual(['settled', 'repeated']);
    expect(followUps).toHaveLength(1);
  });

  test('after a wrong sum the right one still settles', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    await receiveBankCallback(ctx, await aCallback(ctx, intent, { amount: 1 }));
    expect(await receiveBankCallback(ctx, await aCallback(ctx, intent))).toMatchObject({ outcome: 'settled' });
  });

  test('whose follow-up fails settles nothing, and settles when the bank calls again', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    const callback = await aCallback(ctx, intent);
    failFollowUp = true;
    await expect(receiveBankCallback(ctx, callback)).rejects.toMatchObject({ code: 'invalidState' });
    expect((await getIntent(db, intent.id)).status).toBe('pending');
    expect(await callbacksIn(db)).toEqual([]);
    failFollowUp = false;
    expect(await receiveBankCallback(ctx, callback)).toMatchObject({ outcome: 'settled' });
    expect((await getIntent(db, intent.id)).receiptNumber).toBe(1);
  });
});

describe('a callback that is not genuine', () => {
  test('is refused, changes nothing and leaves an audit row', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    const genuine = await aCallback(ctx, intent);
    const forged = { ...genuine, signature: '0'.repeat(64) };
    const late = contextOf(db, undefined, new Date(testTime.getTime() + 301_000));
    await expect(receiveBankCallback(ctx, forged)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(receiveBankCallback(late, genuine)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await getIntent(db, intent.id)).status).toBe('pending');
    expect(await callbacksIn(db)).toEqual([]);
    expect(await auditLog(db)).toEqual([
      'payment.request done',
      'payment.record-callback refused',
      'payment.record-callback refused',
    ]);
  });

  test('cannot fill the log: after thirty a minute they are only counted', async ({ db }) => {
    const intent = await somethingOwed(db);
    const ctx = contextOf(db);
    const forged = { ...(await aCallback(ctx, intent)), signature: '0'.repeat(64) };
    const codes: unknown[] = [];
    for (let i = 0; i < 32; i++)
      codes.push(await receiveBankCallback(ctx, forged).catch((error: AppError) => error.code));
    expect(codes.filter((code) => code === 'forbidden')).toHaveLength(30);
    expect(codes.slice(30)).toEqual(['limit', 'limit']);
    expect((await auditLog(db)).filter((line) => line.endsWith('refused'))).toHaveLength(30);
    expect(await receiveBankCallback(ctx, await aCallback(ctx, intent))).toMatchObject({ outcome: 'settled' });
  });

  test('is refused to people, however genuine it looks', async ({ db }) => {
    const intent = await somethingOwed(db);
    const person = contextOf(db, personOf(await addUser(db)));
    await expect(recordCallback(person, await aCallback(person, intent))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('many callbacks at one moment', () => {
  test('of one event and of several transfers settle once', async ({ own }) => {
    const intent = await somethingOwed(own.db);
    const ctx = contextOf(own.db);
    const one = await aCallback(ctx, intent);
    const others = await Promise.all(Array.from({ length: 5 }, () => aCallback(ctx, intent)));
    const answers = await Promise.all(
      [one, one, one, one, ...others].map((callback) => receiveBankCallback(ctx, callback)),
    );
    const outcomes = await callbacksIn(own.db);
    expect(outcomes).toHaveLength(6);
    expect(outcomes.filter((row) => row.outcome === 'settled')).toHaveLength(1);
    expect(outcomes.filter((row) => row.outcome === 'repeated')).toHaveLength(5);
    expect(new Set(answers.slice(0, 4).map((answer) => answer.outcome)).size).toBe(1);
    expect(followUps).toHaveLength(1);
    expect((await getIntent(own.db, intent.id)).receiptNumber).toBe(1);
    expect(await verifyAuditChain(own.ownerDb)).toMatchObject({ firstBad: null });
  });

  test('for many payments number the receipts without gap or repeat, also when some of them fail', async ({ own }) => {
    const payee = await addOrganisation(own.db);
    const intents: Intent[] = [];
    for (let i = 0; i < 24; i++) intents.push(await somethingOwed(own.db, payee));
    const doomed = new Set(intents.filter((_, i) => i % 4 === 0).map((intent) => intent.id));
    onPaymentSettled('doomed', async (_, intent) => {
      if (doomed.has(intent.id)) throw new Error('the follow-up failed');
    });
    const ctx = contextOf(own.db);
    const settleAll = async (all: Intent[]) =>
      Promise.allSettled(all.map(async (intent) => receiveBankCallback(ctx, await aCallback(ctx, intent))));
    await settleAll(intents);
    const numbers = async () =>
      (await own.db.select().from(paymentIntents).where(eq(paymentIntents.status, 'settled')))
        .map((intent) => intent.receiptNumber!)
        .sort((a, b) => a - b);
    expect(await numbers()).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    const failed = intents.filter((intent) => doomed.has(intent.id));
    doomed.clear();
    await settleAll(failed);
    expect(await numbers()).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  test('each authority and each year counts for itself', async ({ db }) => {
    const [hanoi, hue] = [await addOrganisation(db), await addOrganisation(db)];
    const settledAt = async (payee: string, at: string) => {
      const intent = await somethingOwed(db, payee);
      const ctx = contextOf(db, undefined, new Date(at));
      await receiveBankCallback(ctx, await aCallback(ctx, intent));
      const { receiptNumber, receiptYear } = await getIntent(db, intent.id);
      return `${receiptNumber}/${receiptYear}`;
    };
    expect(await settledAt(hanoi, '2026-12-31T10:00:00+07:00')).toBe('1/2026');
    expect(await settledAt(hanoi, '2026-12-31T23:59:59+07:00')).toBe('2/2026');
    expect(await settledAt(hanoi, '2027-01-01T00:00:00+07:00')).toBe('1/2027');
    expect(await settledAt(hue, '2026-12-31T10:00:00+07:00')).toBe('1/2026');
  });
});
