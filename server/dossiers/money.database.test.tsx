import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PaymentMoney } from '#app/_parts/payment-money.tsx';
import { PaymentStatus } from '#app/_parts/payment-status.tsx';
import { dossiers, slips } from '#db/schema/dossiers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { paymentIntents, paymentRefunds } from '#db/schema/payments.ts';
import { bookAtDemoBank } from '#server/payments/demo-bank-books.ts';
import {
  type BankNotice,
  decideRefund,
  intentOf,
  type PaymentView,
  receiveBankCallback,
} from '#server/payments/index.ts';
import { aCallback } from '#server/payments/testing/rows.ts';
import { readFile, systemActor } from '#server/platform/index.ts';
import { receiveDossier, refuseReceipt } from './commands/receive-dossier.ts';
import { withdrawDossier } from './commands/small-acts.ts';
import { getMyDossier } from './queries/my-dossier.ts';
import { completeDraft, copyDraft, file, timeline } from './testing/journey.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
let draftId: string;
beforeAll(async () => {
  world = await openWorld();
  draftId = await completeDraft(world);
});
afterAll(() => world.close());

async function filed(): Promise<string> {
  const id = await copyDraft(world, draftId);
  await file(world, id);
  await world.work();
  return id;
}

/** A transfer at the demo bank, told to the webhook. */
async function transfer(dossierId: string, overrides: Partial<BankNotice> = {}) {
  const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, dossierId));
  const bank = world.asActor(systemActor('bank'));
  const callback = await aCallback(bank, intent!, overrides);
  await bookAtDemoBank(bank, JSON.parse(Buffer.from(callback.rawBody).toString()) as BankNotice);
  const { outcome } = await receiveBankCallback(bank, callback);
  await world.work();
  return outcome;
}

const seenBy = async (who: 'owner' | 'oneStop', dossierId: string): Promise<PaymentView> =>
  (await intentOf(world.as(who), { subjectType: 'dossier', subjectId: dossierId }))!;

/** What the page of either side shows of the money. */
function shown(payment: PaymentView): string {
  const messages = Object.fromEntries(
    ['payments', 'refunds', 'ui'].map((name) => [name, JSON.parse(readFileSync(`messages/vi/${name}.json`, 'utf8'))]),
  );
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="vi" timeZone="Asia/Ho_Chi_Minh" messages={messages}>
      <PaymentStatus status={payment.status} />
      <PaymentMoney payment={payment} />
    </NextIntlClientProvider>,
  );
}

function textOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
  try {
    writeFileSync(join(folder, 'sheet.pdf'), bytes);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'sheet.pdf'), '-'], { encoding: 'utf8' });
    return text.normalize('NFC').replace(/\s+/g, ' ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const decideAs = async (dossierId: string, approve: boolean) => {
  const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, dossierId));
  const rows = await world.db.select().from(paymentRefunds).where(eq(paymentRefunds.intentId, intent!.id));
  for (const { id, state } of rows) {
    if (state === 'proposed') await decideRefund(world.as('leader'), { refundId: id, approve, note: 'x' });
  }
  await world.work();
};
const noticesOf = async (dossierId: string) =>
  (
    await world.db
      .select()
      .from(notifications)
      .where(eq(notifications.href, `/my/dossiers/${dossierId}`))
  ).map((row) => row.kind);

describe('the fee of a dossier', () => {
  test('has one state for the applicant, the officer, the receipt and slip 01', async () => {
    const id = await filed();
    expect(await transfer(id)).toBe('settled');
    await receiveDossier(world.as('oneStop'), { dossierId: id });
    await world.work();
    const mine = await seenBy('owner', id);
    expect(shown(mine)).not.toContain('trong một lần');
    expect(await seenBy('oneStop', id)).toEqual(mine);
    expect((await getMyDossier(world.as('owner'), { dossierId: id })).payment).toEqual(mine);
    expect(mine).toMatchObject({ status: 'settled', amount: 1_000_000, qr: null });
    expect(shown(mine)).toContain('Đã thanh toán');
    const receipt = textOf(await readFile(world.db, mine.receiptFileId!));
    const [slip] = await world.db.select().from(slips).where(eq(slips.dossierId, id));
    const slip01 = textOf(await readFile(world.db, slip!.fileId!));
    expect(receipt).toContain(mine.receiptNumber);
    expect(receipt).toContain('1.000.000 ₫');
    expect(slip01).toContain(`1.000.000 ₫, đã nộp ngày 23/11/2026, biên lai số ${mine.receiptNumber}`);
    expect(receipt).not.toContain('hoàn trả');
  });

  test('paid in too small a sum stays owed, and both sides read that the money is on its way back', async () => {
    const id = await filed();
    expect(await transfer(id, { amount: 400_000 })).toBe('underpaid');
    const mine = await seenBy('owner', id);
    expect(mine.status).toBe('pending');
    expect(shown(mine)).toContain('Hoàn trả 400.000\u00a0₫: chuyển thiếu');
    // whoever would send the rest now is told that it would not be added up
    expect(shown(mine)).toContain('Phải chuyển đủ 1.000.000\u00a0₫ trong một lần');
    expect(shown(await seenBy('oneStop', id))).toBe(shown(mine));
    expect(await noticesOf(id)).toContain('money-held');
    expect(await timeline(world, id)).toEqual(expect.arrayContaining(['moneyHeld', 'refundProposed']));
  });

  test('goes back when the dossier is withdrawn before receipt: everywhere, and on the receipt', async () => {
    const id = await filed();
    await transfer(id);
    await withdrawDossier(world.as('owner'), { dossierId: id, reason: 'Đổi địa điểm', confirmed: true });
    await world.work();
    expect((await seenBy('owner', id)).refunds).toMatchObject([{ ground: 'withdrawn', state: 'proposed' }]);
    await decideAs(id, true);
    const mine = await seenBy('owner', id);
    expect(mine).toMatchObject({ status: 'refunded', qr: null, refunds: [{ state: 'sent', amount: 1_000_000 }] });
    expect(shown(await seenBy('oneStop', id))).toBe(shown(mine));
    const reference = mine.refunds[0]!.bankReference!;
    expect(shown(mine)).toContain(reference);
    const receipt = textOf(await readFile(world.db, mine.receiptFileId!));
    expect(receipt).toContain('Đã hoàn trả 1.000.000 ₫');
    expect(receipt).toContain(reference);
    expect(await noticesOf(id)).toContain('refund-sent');
  });

  test('paid after the withdrawal goes back, and the dossier stays withdrawn', async () => {
    const id = await filed();
    await withdrawDossier(world.as('owner'), { dossierId: id, reason: 'Đổi ý', confirmed: true });
    expect(await transfer(id)).toBe('late');
    await decideAs(id, true);
    expect(await seenBy('owner', id)).toMatchObject({
      status: 'cancelled',
      refunds: [{ ground: 'late', state: 'sent' }],
    });
    expect((await world.db.select().from(dossiers).where(eq(dossiers.id, id)))[0]!.state).toBe(7);
  });

  test('goes back after a refusal at receipt; a leader may decline with a reason', async () => {
    const id = await filed();
    await transfer(id);
    await refuseReceipt(world.as('oneStop'), { dossierId: id, reason: 'duplicate', explanation: 'Đã có hồ sơ khác.' });
    await world.work();
    expect((await seenBy('owner', id)).refunds).toMatchObject([{ ground: 'refusedAtReceipt' }]);
    await decideAs(id, false);
    expect(await seenBy('owner', id)).toMatchObject({ status: 'settled', refunds: [{ state: 'declined' }] });
    expect(await noticesOf(id)).toContain('refund-declined');
  });

  test('is not given back by itself when the dossier was received before it was withdrawn', async () => {
    const id = await filed();
    await transfer(id);
    await receiveDossier(world.as('oneStop'), { dossierId: id });
    await withdrawDossier(world.as('owner'), { dossierId: id, reason: 'Đổi ý', confirmed: true });
    expect(await seenBy('owner', id)).toMatchObject({ status: 'settled', refunds: [] });
  });
});
