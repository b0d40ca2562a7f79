import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { bankStatementLines, reconciliationMismatches, reconciliations } from '#db/schema/payments.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { type Context, type Role, systemActor } from '#server/platform/index.ts';
import { workerCron } from '#server/worker.ts';
import { requestPayment } from './commands/request-payment.ts';
import { bookAtDemoBank } from './demo-bank-books.ts';
import { BankNotice } from './inputs.ts';
import { receiveBankCallback } from './receive-callback.ts';
import { reconcileEveryone, reconcileWithBank } from './reconciliation/daily.ts';
import { getBooks } from './reconciliation/queries.ts';
import { uploadStatement } from './reconciliation/reconcile.ts';
import { resolveMismatch } from './reconciliation/resolve-mismatch.ts';
import { getIntent, type Intent } from './records.ts';
import {
  aCallback,
  addOrganisation,
  addUser,
  aRequest,
  auditLog,
  contextOf,
  officialWith,
  personOf,
  testTime,
} from './testing/rows.ts';

const day = '2026-11-23';

async function authority(db: Database) {
  const id = await addOrganisation(db);
  const holder = (role: Role) => officialWith(db, id, role);
  return { id, admin: contextOf(db, await holder('admin')), officer: contextOf(db, await holder('officer')) };
}

async function owed(db: Database, payee: string): Promise<Intent> {
  return requestPayment(contextOf(db, personOf(await addUser(db))), aRequest(payee));
}

/** A transfer at the demo bank; `told`: our webhook heard of it. */
async function transfer(db: Database, intent: Intent, told: boolean, overrides: Partial<BankNotice> = {}) {
  const callback = await aCallback(contextOf(db), intent, overrides);
  await bookAtDemoBank(contextOf(db), BankNotice.parse(JSON.parse(Buffer.from(callback.rawBody).toString())));
  if (told) await receiveBankCallback(contextOf(db), callback);
  return callback;
}

const mismatches = (db: Database) =>
  db.select().from(reconciliationMismatches).orderBy(reconciliationMismatches.kind, reconciliationMismatches.id);

describe('a day of books and bank', () => {
  test('is compared with the statement, and every difference is listed once however often it runs', async ({ db }) => {
    const { id, admin } = await authority(db);
    const intent = await owed(db, id);
    await transfer(db, intent, true);
    await transfer(db, await owed(db, id), false, { bankReference: 'FTUNTOLD' });
    await transfer(db, intent, true, { content: 'nop phi', bankReference: 'FTNOBODY' });
    const ghost = await aCallback(contextOf(db), await owed(db, id), { bankReference: 'FTGHOST' });
    await receiveBankCallback(contextOf(db), ghost);
    const first = await reconcileWithBank(admin, { organisationId: id, day });
    expect(first).toMatchObject({ lines: 3, matched: 1, added: 3 });
    expect(await reconcileWithBank(admin, { organisationId: id, day })).toMatchObject({ matched: 1, added: 0 });
    expect((await mismatches(db)).map(({ kind, bankReference }) => `${kind} ${bankReference}`)).toEqual([
      'notAtBank FTGHOST',
      'notInBooks FTUNTOLD',
      'unassigned FTNOBODY',
    ]);
    expect((await getBooks(admin, {})).openTotal).toBe(3);
  });

  test('is settled by a person with a note: booked from the statement, it pays, and the late callback changes nothing', async ({
    db,
  }) => {
    const { id, admin } = await authority(db);
    const intent = await owed(db, id);
    const callback = await transfer(db, intent, false);
    await reconcileWithBank(admin, { organisationId: id, day });
    const [found] = await mismatches(db);
    await expect(
      resolveMismatch(admin, { mismatchId: found!.id, resolution: 'booked', note: ' ' }),
    ).rejects.toMatchObject({ details: { fields: [{ path: 'note' }] } });
    await resolveMismatch(admin, { mismatchId: found!.id, resolution: 'booked', note: 'Ngân hàng quên báo' });
    expect(await getIntent(db, intent.id)).toMatchObject({ status: 'settled', receiptNumber: 1 });
    expect(await receiveBankCallback(contextOf(db), callback)).toMatchObject({ outcome: 'settled' });
    expect(await reconcileWithBank(admin, { organisationId: id, day })).toMatchObject({ matched: 1, added: 0 });
    const [books] = (await getBooks(admin, { day })).mismatches;
    expect(books).toMatchObject({ resolution: 'booked', note: 'Ngân hàng quên báo', resolutions: [] });
    await expect(
      resolveMismatch(admin, { mismatchId: found!.id, resolution: 'explained', note: 'x' }),
    ).rejects.toMatchObject({ reason: 'refunds.errors.resolvedAlready' });
  });

  test('leads money that nobody claims to a refund, which still needs a second person', async ({ db }) => {
    const { id, admin } = await authority(db);
    await transfer(db, await owed(db, id), true, { content: 'nop phi' });
    await reconcileWithBank(admin, { organisationId: id, day });
    const [found] = await mismatches(db);
    await expect(
      resolveMismatch(admin, { mismatchId: found!.id, resolution: 'booked', note: 'x' }),
    ).rejects.toMatchObject({ reason: 'refunds.errors.resolutionUnfit' });
    await resolveMismatch(admin, { mismatchId: found!.id, resolution: 'refund', note: 'Trả lại người chuyển' });
    expect((await auditLog(db)).slice(-3)).toEqual([
      'payment.resolve-mismatch refused',
      'refund.propose done',
      'payment.resolve-mismatch done',
    ]);
  });

  test('is compared with an uploaded statement too', async ({ db }) => {
    const { id, admin } = await authority(db);
    const intent = await owed(db, id);
    await transfer(db, intent, true, { bankReference: 'FT555' });
    const csv =
      'Ngày;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n23/11/2026;FT555;;1.000.000;MC\n23/11/2026;FT556;9.000;;lạ\n';
    const bytes = new TextEncoder().encode(csv);
    expect(await uploadStatement(admin, { organisationId: id, day, bytes })).toMatchObject({ matched: 1, added: 1 });
    expect(await mismatches(db)).toMatchObject([
      { kind: 'debitNotInBooks', bankReference: 'FT556', bankAmount: 9_000 },
    ]);
    await expect(uploadStatement(admin, { organisationId: id, day: '2026-11-20', bytes })).rejects.toMatchObject({
      reason: 'refunds.errors.statementEmpty',
    });
  });

  const heading = 'Ngày;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n';
  const upload = (ctx: Context, organisationId: string, on: string, ...lines: string[]) =>
    uploadStatement(ctx, { organisationId, day: on, bytes: new TextEncoder().encode(heading + lines.join('\n')) });

  test('said otherwise by a later statement: both words stay and are shown until a person says which holds', async ({
    db,
  }) => {
    const { id, admin, officer } = await authority(db);
    const intent = await owed(db, id);
    await transfer(db, intent, true, { bankReference: 'FT777' });
    const line = (amount: string, text = intent.reference, on = '23/11/2026') => `${on};FT777;;${amount};${text}`;
    expect(await upload(admin, id, day, line('1.000.000'))).toMatchObject({ matched: 1, added: 0 });
    // blanks and case are the bank's whim
    expect(await upload(admin, id, day, line('1.000.000', ` ${intent.reference.toLowerCase()} `))).toMatchObject({
      added: 0,
    });
    expect(await upload(admin, id, day, line('900.000'))).toMatchObject({ lines: 1, matched: 1, added: 1 });
    expect(await upload(admin, id, day, line('900.000'))).toMatchObject({ added: 0 });
    expect(await upload(admin, id, day, line('1.000.000', 'TRAN VAN B chuyen'))).toMatchObject({ added: 1 });
    expect(await upload(admin, id, '2026-11-24', line('1.000.000', intent.reference, '24/11/2026'))).toMatchObject({
      lines: 0,
      added: 1,
    });
    const held = { day, amount: 1_000_000, content: intent.reference };
    const open = (await getBooks(admin, {})).mismatches;
    expect(
      open.map(({ kind, day: on, bankAmount, content, before }) => ({ kind, on, bankAmount, content, before })),
    ).toEqual(
      expect.arrayContaining([
        { kind: 'statementChanged', on: day, bankAmount: 900_000, content: intent.reference, before: held },
        { kind: 'statementChanged', on: day, bankAmount: 1_000_000, content: 'TRAN VAN B chuyen', before: held },
        { kind: 'statementChanged', on: '2026-11-24', bankAmount: 1_000_000, content: intent.reference, before: held },
      ]),
    );
    expect(open).toHaveLength(3);
    const lower = open.find((each) => each.bankAmount === 900_000)!;
    expect(lower.resolutions).toEqual(['restated', 'explained']);
    const settle = (ctx: Context, mismatchId: string, resolution: 'restated' | 'explained') =>
      resolveMismatch(ctx, { mismatchId, resolution, note: 'Đã hỏi ngân hàng.' });
    await expect(settle(officer, lower.id, 'restated')).rejects.toMatchObject({ code: 'forbidden' });
    await settle(admin, lower.id, 'restated');
    expect((await auditLog(db)).slice(-2)).toEqual([
      'payment.resolve-mismatch refused',
      'payment.resolve-mismatch done',
    ]);
    // what holds now is less than what is booked: a difference of its own, and the payment is as it was
    expect(await mismatches(db)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'amountDiffers',
          bankAmount: 900_000,
          bookAmount: 1_000_000,
          resolvedAt: null,
        }),
      ]),
    );
    expect(await getIntent(db, intent.id)).toMatchObject({ status: 'settled', amount: 1_000_000 });
    expect(await upload(admin, id, day, line('900.000'))).toMatchObject({ matched: 0, added: 0 });
    // the first word again is again another word
    expect(await upload(admin, id, day, line('1.000.000'))).toMatchObject({ added: 1 });
    const back = (await mismatches(db)).find(
      (each) =>
        each.kind === 'statementChanged' &&
        each.bankAmount === 1_000_000 &&
        each.content === intent.reference &&
        each.day === day,
    );
    await settle(admin, back!.id, 'restated');
    expect(await upload(admin, id, day, line('1.000.000'))).toMatchObject({ matched: 1, added: 0 });
    // moved to the next day it belongs to that one
    await settle(admin, open.find((each) => each.day === '2026-11-24')!.id, 'restated');
    const days = (await getBooks(admin, {})).days.map((each) => `${each.day} ${each.lines} ${each.matched}`);
    expect(days).toEqual(['2026-11-24 1 1', '2026-11-23 1 1']);
    const nextDay = line('1.000.000', intent.reference, '24/11/2026');
    expect(await upload(admin, id, '2026-11-24', nextDay)).toMatchObject({ lines: 1, matched: 1, added: 0 });
  });

  test('said otherwise and explained stays as it was first read, and is not asked about again', async ({ db }) => {
    const { id, admin } = await authority(db);
    await upload(admin, id, day, '23/11/2026;FT888;9.000;;phi');
    expect(await upload(admin, id, day, '23/11/2026;FT888;8.000;;phi')).toMatchObject({ added: 1 });
    const changed = (await mismatches(db)).find((each) => each.kind === 'statementChanged');
    await resolveMismatch(admin, { mismatchId: changed!.id, resolution: 'explained', note: 'Ngân hàng in nhầm.' });
    expect(await upload(admin, id, day, '23/11/2026;FT888;8.000;;phi')).toMatchObject({ added: 0 });
    expect((await db.select().from(bankStatementLines)).map((each) => each.amount)).toEqual([9_000]);
    // a third word is a new question
    expect(await upload(admin, id, day, '23/11/2026;FT888;7.000;;phi')).toMatchObject({ added: 1 });
  });

  test("is the administrator's business alone", async ({ db }) => {
    const { id, officer } = await authority(db);
    const other = await authority(db);
    for (const [ctx, expected] of [
      [officer, 'forbidden'],
      [other.admin, 'notFound'],
      [contextOf(db, { kind: 'anonymous' }), 'unauthenticated'],
    ] as const) {
      await expect(reconcileWithBank(ctx, { organisationId: id, day })).rejects.toMatchObject({ code: expected });
      await expect(getBooks(ctx, { organisationId: id })).rejects.toMatchObject({ code: expected });
    }
    expect(await db.select().from(reconciliations).where(eq(reconciliations.organisationId, id))).toEqual([]);
    expect(await auditLog(db)).toContain('payment.ask-statement refused');
  });
});

test("every night each authority's days are compared, also those that were missed", async ({ db }) => {
  const { id } = await authority(db);
  await transfer(db, await owed(db, id), true);
  const night = contextOf(db, systemActor('payments.reconcile'), new Date(testTime.getTime() + 3 * 86_400_000));
  await reconcileEveryone(night);
  await reconcileEveryone(night);
  const rows = await db.select().from(reconciliations).where(eq(reconciliations.organisationId, id));
  expect(rows).toHaveLength(7);
  expect(rows.find((row) => row.day === day)).toMatchObject({ lines: 1, matched: 1 });
});

test('the worker plans the comparison for the night in Vietnam', () => {
  const planned = workerCron().find((item) => item.task === 'payments.reconcile');
  const at = (text: string) => {
    const moment = new Date(text);
    return planned!.match({
      min: moment.getUTCMinutes(),
      hour: moment.getUTCHours(),
      date: moment.getUTCDate(),
      month: moment.getUTCMonth() + 1,
      dow: moment.getUTCDay(),
    });
  };
  expect(at('2026-11-24T01:10:00+07:00')).toBe(true);
  expect(at('2026-11-24T01:10:00Z')).toBe(false);
});
