import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { demoBankTransfers, paymentRefunds } from '#db/schema/payments.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { type AppError, type Person, readFile, transaction } from '#server/platform/index.ts';
import { cancelPayment } from './commands/cancel-payment.ts';
import { issueReceipt } from './commands/issue-receipt.ts';
import { requestPayment } from './commands/request-payment.ts';
import { bookAtDemoBank, demoBankServices } from './demo-bank-books.ts';
import { BankNotice } from './inputs.ts';
import { getPayment } from './queries/payments.ts';
import { getRefund, listRefunds } from './queries/refunds.ts';
import { receiveBankCallback } from './receive-callback.ts';
import { getIntent, type Intent } from './records.ts';
import { decideRefund, retryRefund } from './refunds/decide-refund.ts';
import { proposeRefund, refundFee } from './refunds/propose-refund.ts';
import { recordRefundFailed, recordRefundSent, sendRefund } from './refunds/send-refund.ts';
import { registerPaymentSubject } from './subjects.ts';
import {
  aCallback,
  addOrganisation,
  addUser,
  aRequest,
  auditLog,
  contextOf,
  officialWith,
  personOf,
  subjectOf,
  waitingJobs,
} from './testing/rows.ts';

async function owed(db: Database, overrides: Parameters<typeof aRequest>[1] = {}) {
  const payer = personOf(await addUser(db));
  const payee = await addOrganisation(db);
  const intent = await requestPayment(contextOf(db, payer), aRequest(payee, overrides));
  return { payer, payee, intent };
}

/** A transfer that the demo bank made and told of. */
async function transfer(db: Database, intent: Intent, overrides: Partial<BankNotice> = {}) {
  const ctx = contextOf(db);
  const callback = await aCallback(ctx, intent, overrides);
  await bookAtDemoBank(ctx, BankNotice.parse(JSON.parse(Buffer.from(callback.rawBody).toString())));
  return receiveBankCallback(ctx, callback);
}

const official = officialWith;

const refundsIn = (db: Database) => db.select().from(paymentRefunds).orderBy(paymentRefunds.id);
const code = (error: AppError) => error.reason;

describe('money that pays for nothing', () => {
  test('too little is held, proposed for refund, and the fee stays owed until it is paid in full', async ({ db }) => {
    const { payer, intent } = await owed(db);
    await transfer(db, intent, { amount: 999_000 });
    expect(await refundsIn(db)).toMatchObject([{ ground: 'underpaid', amount: 999_000, state: 'proposed' }]);
    const view = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    expect(view).toMatchObject({ status: 'pending', held: [], refunds: [{ ground: 'underpaid', state: 'proposed' }] });
    expect(await transfer(db, intent)).toMatchObject({ outcome: 'settled' });
    expect(await refundsIn(db)).toHaveLength(1);
  });

  test('too much pays the fee once, and only the rest goes back', async ({ db }) => {
    const { payer, intent } = await owed(db);
    expect(await transfer(db, intent, { amount: 1_250_000 })).toMatchObject({ outcome: 'overpaid' });
    expect(await refundsIn(db)).toMatchObject([{ ground: 'overpaid', amount: 250_000 }]);
    expect(await getPayment(contextOf(db, payer), { paymentId: intent.id })).toMatchObject({
      status: 'settled',
      receiptNumber: '0000001/2026',
    });
  });

  test('paid twice, and paid after it was cancelled, go back whole', async ({ db }) => {
    const first = await owed(db);
    await transfer(db, first.intent);
    await transfer(db, first.intent);
    const second = await owed(db);
    await cancelPayment(contextOf(db), subjectOf(second.intent));
    await transfer(db, second.intent);
    expect((await refundsIn(db)).map(({ ground, amount }) => `${ground} ${amount}`)).toEqual([
      'paidTwice 1000000',
      'late 1000000',
    ]);
    expect((await getIntent(db, second.intent.id)).status).toBe('cancelled');
  });

  test('told of under two events is one transfer', async ({ db }) => {
    const { intent } = await owed(db);
    await transfer(db, intent, { bankReference: 'FT1' });
    const again = await aCallback(contextOf(db), intent, { bankReference: 'FT1' });
    expect(await receiveBankCallback(contextOf(db), again)).toMatchObject({ outcome: 'settled' });
    expect(await refundsIn(db)).toEqual([]);
  });

  test('is only held where the procedure lets nothing go back by itself', async ({ db }) => {
    registerPaymentSubject('strict-subject', {
      canSee: async () => false,
      refundRule: async () => ({
        withdrawnBeforeReceipt: false,
        refusedAtReceipt: false,
        overpaid: false,
        paidTwice: false,
      }),
    });
    const { payer, intent } = await owed(db, { subjectType: 'strict-subject' });
    await transfer(db, intent, { amount: 1_001_000 });
    await transfer(db, intent);
    expect(await refundFee(contextOf(db), { ...subjectOf(intent), ground: 'withdrawn' })).toEqual({ proposed: 0 });
    expect(await refundsIn(db)).toEqual([]);
    const { held } = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    expect(held.map(({ outcome, held: sum }) => `${outcome} ${sum}`)).toEqual(['overpaid 1000', 'repeated 1000000']);
  });
});

describe('a refund', () => {
  test('is proposed by one, approved by another, made once by the bank, and shown on payment and receipt', async ({
    own,
  }) => {
    const { db } = own;
    const { payer, payee, intent } = await owed(db);
    await transfer(db, intent);
    await issueReceipt(contextOf(db), { paymentId: intent.id });
    const officer = contextOf(db, await official(db, payee, 'officer'));
    const leader = contextOf(db, await official(db, payee, 'leader'));
    const { settledBy } = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    const { refundId } = await proposeRefund(officer, {
      callbackId: settledBy!,
      amount: 1_000_000,
      reason: 'Thu không đúng đối tượng',
    });
    await decideRefund(leader, { refundId, approve: true });
    expect(await waitingJobs(own.ownerDb)).toContain('refund.send');
    const worker = contextOf(db);
    await sendRefund(worker, refundId, false);
    await sendRefund(worker, refundId, false);
    const made = await db.select().from(demoBankTransfers).where(eq(demoBankTransfers.direction, 'out'));
    expect(made).toMatchObject([{ amount: 1_000_000, orderId: refundId }]);
    const view = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    expect(view).toMatchObject({ status: 'refunded', qr: null, refunds: [{ state: 'sent' }] });
    expect(JSON.stringify(view)).not.toContain('Thu không đúng đối tượng');
    const { fileId } = await issueReceipt(worker, { paymentId: intent.id });
    expect(fileId).not.toBe(view.receiptFileId);
    expect((await readFile(db, fileId)).byteLength).toBeGreaterThan(5_000);
    expect((await issueReceipt(worker, { paymentId: intent.id })).fileId).toBe(fileId);
    expect((await auditLog(db)).filter((line) => line.startsWith('refund.'))).toEqual([
      'refund.propose done',
      'refund.decide done',
      'refund.record-sent done',
    ]);
  });

  test('ordered from the bank twice at one moment is made once', async ({ own }) => {
    const { intent } = await owed(own.db);
    await transfer(own.db, intent, { bankReference: 'FT77', amount: 1 });
    const order = {
      orderId: intent.id,
      amount: 1,
      originalReference: 'FT77',
      accountNumber: intent.payeeAccount.accountNumber,
      content: 'HOAN TRA',
    };
    const ctx = contextOf(own.db);
    const made = await Promise.all([1, 2, 3, 4].map(() => demoBankServices.refund(ctx, order)));
    expect(new Set(made.map(({ bankReference }) => bankReference)).size).toBe(1);
  });

  test('never gives back more than came in, however many propose at once', async ({ own }) => {
    const { payer, payee, intent } = await owed(own.db);
    await transfer(own.db, intent);
    const officer = await official(own.db, payee, 'officer');
    const { settledBy } = await getPayment(contextOf(own.db, payer), { paymentId: intent.id });
    const propose = () =>
      proposeRefund(contextOf(own.db, officer), { callbackId: settledBy!, amount: 400_000, reason: 'một phần' });
    const answers = await Promise.allSettled([propose(), propose(), propose(), propose()]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(2);
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [code(answer.reason)] : []));
    expect(refused).toEqual(['refunds.errors.moreThanLeft', 'refunds.errors.moreThanLeft']);
  });

  test('in part leaves the fee paid', async ({ db }) => {
    const { payer, payee, intent } = await owed(db);
    await transfer(db, intent);
    const { settledBy } = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    const { refundId } = await proposeRefund(contextOf(db, await official(db, payee, 'officer')), {
      callbackId: settledBy!,
      amount: 300_000,
      reason: 'giảm phí',
    });
    await decideRefund(contextOf(db, await official(db, payee, 'leader')), { refundId, approve: true });
    await sendRefund(contextOf(db), refundId, false);
    expect((await getIntent(db, intent.id)).status).toBe('settled');
  });

  test('needs two people, a role, a reason when it is declined, and is decided once', async ({ db }) => {
    const { payee, intent } = await owed(db);
    await transfer(db, intent, { amount: 5_000 });
    const [refund] = await refundsIn(db);
    const refundId = refund!.id;
    const as = (person: Person) => contextOf(db, person);
    const leader = as(await official(db, payee, 'leader'));
    const reason = (work: Promise<unknown>) => work.then(() => 'done', code);
    expect(await reason(decideRefund(as(await official(db, payee, 'officer')), { refundId, approve: true }))).toBe(
      'refunds.errors.roleMissing',
    );
    const elsewhere = as(await official(db, await addOrganisation(db), 'leader'));
    expect(await reason(decideRefund(elsewhere, { refundId, approve: true }))).toBe('errors.notFound');
    await expect(decideRefund(leader, { refundId, approve: false })).rejects.toMatchObject({
      details: { fields: [{ path: 'note', reason: 'refunds.errors.noteMissing' }] },
    });
    await decideRefund(leader, { refundId, approve: false, note: 'Sẽ bù vào lần sau' });
    expect(await reason(decideRefund(leader, { refundId, approve: true }))).toBe('refunds.errors.decidedAlready');
    expect((await auditLog(db)).filter((line) => line.startsWith('refund.decide'))).toEqual([
      'refund.decide refused',
      'refund.decide refused',
      'refund.decide done',
      'refund.decide refused',
    ]);
  });

  test('is not approved by whoever proposed it, nor decided by who would get it', async ({ db }) => {
    const { payer, payee, intent } = await owed(db);
    await transfer(db, intent);
    const grants = (['officer', 'leader'] as const).map((role) => ({
      role,
      organisationId: payee,
      unitPath: null,
      provinceCode: null,
    }));
    const both = contextOf(db, { ...(await officialWith(db, payee, 'officer')), grants });
    const { settledBy } = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    const { refundId } = await proposeRefund(both, { callbackId: settledBy!, amount: 1_000, reason: 'x' });
    await expect(decideRefund(both, { refundId, approve: true })).rejects.toMatchObject({
      reason: 'refunds.errors.ownProposal',
    });
    const payerToo = contextOf(db, { ...payer, official: true, assurance: 2, grants });
    await expect(decideRefund(payerToo, { refundId, approve: true })).rejects.toMatchObject({
      reason: 'refunds.errors.ownMoney',
    });
    await expect(
      proposeRefund(contextOf(db, payer), { callbackId: settledBy!, amount: 1, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'notFound' });
  });

  test('the bank refuses shows why and is tried again by an official', async ({ db }) => {
    const { payee, intent } = await owed(db);
    // the webhook tells of a transfer that the bank's books do not have
    await receiveBankCallback(contextOf(db), await aCallback(contextOf(db), intent, { amount: 7_000 }));
    const [refund] = await refundsIn(db);
    const refundId = refund!.id;
    const leader = contextOf(db, await official(db, payee, 'leader'));
    await decideRefund(leader, { refundId, approve: true });
    await sendRefund(contextOf(db), refundId, false);
    expect(await getRefund(leader, { refundId })).toMatchObject({
      state: 'failed',
      failure: 'refunds.errors.bankKnowsNoTransfer',
      mayRetry: true,
    });
    await retryRefund(leader, { refundId });
    expect((await refundsIn(db))[0]).toMatchObject({ state: 'approved', failure: null });
    await expect(retryRefund(leader, { refundId })).rejects.toMatchObject({ reason: 'refunds.errors.notFailed' });
  });

  test('made by hand is recorded by the administrator, each transfer of the bank once', async ({ db }) => {
    const { payee, intent } = await owed(db);
    await transfer(db, intent, { amount: 5_000 });
    await transfer(db, intent, { amount: 6_000 });
    const leader = contextOf(db, await official(db, payee, 'leader'));
    const admin = contextOf(db, await official(db, payee, 'admin'));
    const [one, two] = await refundsIn(db);
    const bankReference = 'ft 900 1';
    await expect(recordRefundSent(admin, { refundId: one!.id, bankReference })).rejects.toMatchObject({
      reason: 'refunds.errors.notApproved',
    });
    for (const { id } of [one!, two!]) await decideRefund(leader, { refundId: id, approve: true });
    await expect(recordRefundSent(leader, { refundId: one!.id, bankReference })).rejects.toMatchObject({
      reason: 'refunds.errors.roleMissing',
    });
    await recordRefundSent(admin, { refundId: one!.id, bankReference });
    expect((await refundsIn(db))[0]).toMatchObject({ state: 'sent', bankReference: 'FT9001' });
    await expect(recordRefundSent(admin, { refundId: two!.id, bankReference })).rejects.toMatchObject({
      reason: 'refunds.errors.referenceUsed',
    });
    await expect(recordRefundFailed(admin, { refundId: two!.id, failure: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('undone with its transaction leaves no order', async ({ own }) => {
    const { payee, intent } = await owed(own.db);
    await transfer(own.db, intent, { amount: 5_000 });
    const [refund] = await refundsIn(own.db);
    const leader = contextOf(own.db, await official(own.db, payee, 'leader'));
    const lost = transaction(leader, async (tx) => {
      await decideRefund(tx, { refundId: refund!.id, approve: true });
      throw new Error('crash');
    });
    await expect(lost).rejects.toThrow('crash');
    expect(await waitingJobs(own.ownerDb)).not.toContain('refund.send');
    expect((await refundsIn(own.db))[0]!.state).toBe('proposed');
  });
});

test('the list shows exactly the refunds one may open', async ({ db }) => {
  const [a, b] = [await owed(db), await owed(db)];
  for (const { intent } of [a, b]) await transfer(db, intent, { amount: 5_000 });
  const all = await refundsIn(db);
  const people = [
    await official(db, a.payee, 'leader'),
    await official(db, b.payee, 'one-stop'),
    await official(db, a.payee, 'inspector'),
    a.payer,
  ];
  for (const person of people) {
    const ctx = contextOf(db, person);
    const shown = await listRefunds(ctx, { state: 'all' }).then(
      ({ items }) => items.map((item) => item.id),
      () => [] as string[],
    );
    for (const { id } of all) {
      const opened = await getRefund(ctx, { refundId: id }).then(
        () => true,
        () => false,
      );
      expect(opened).toBe(shown.includes(id));
    }
  }
  await expect(listRefunds(contextOf(db, { kind: 'anonymous' }), {})).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});
