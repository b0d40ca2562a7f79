import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { files } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { readFile } from '#server/platform/index.ts';
import { issueReceipt } from './commands/issue-receipt.ts';
import { requestPayment } from './commands/request-payment.ts';
import { canReadReceipt, getPayment } from './queries/payments.ts';
import { receiveBankCallback } from './receive-callback.ts';
import { aCallback, addOrganisation, addUser, aRequest, auditLog, contextOf, personOf } from './testing/rows.ts';

async function somethingPaid(db: Database, purpose = 'Thẩm định điều kiện kinh doanh dược: {nhà thuốc} An Bình') {
  const payer = personOf(await addUser(db));
  const intent = await requestPayment(contextOf(db, payer), aRequest(await addOrganisation(db), { purpose }));
  await receiveBankCallback(contextOf(db), await aCallback(contextOf(db), intent, { bankReference: 'FT26327000001' }));
  return { payer, intent };
}

/** The text of a PDF as poppler reads it, white space folded. */
function textOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
  try {
    writeFileSync(join(folder, 'receipt.pdf'), bytes);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'receipt.pdf'), '-'], { encoding: 'utf8' });
    return text.normalize('NFC').replace(/\s+/g, ' ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the receipt of a payment', () => {
  test('says who paid what for what, in figures and in words, on a sheet of A5', async ({ db }) => {
    const { payer, intent } = await somethingPaid(db);
    const { fileId } = await issueReceipt(contextOf(db), { paymentId: intent.id });
    const bytes = await readFile(db, fileId);
    const text = textOf(bytes);
    expect(text).not.toContain('Số: Số:');
    for (const part of [
      'SỞ Y TẾ HÀ NỘI',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Số: 0000001/2026',
      'Ngày 23 tháng 11 năm 2026',
      'BIÊN LAI THU PHÍ, LỆ PHÍ',
      'Công ty TNHH Nhà thuốc An Bình',
      'Thẩm định điều kiện kinh doanh dược: {nhà thuốc} An Bình',
      '000.00.10.H26-261123-0001',
      '1.000.000 ₫',
      'Một triệu đồng.',
      intent.reference,
      'FT26327000001',
      '23/11/2026 10:00',
    ]) {
      expect(text).toContain(part);
    }
    const view = await getPayment(contextOf(db, payer), { paymentId: intent.id });
    expect(view).toMatchObject({ receiptNumber: '0000001/2026', receiptFileId: fileId });
    expect(await auditLog(db)).toEqual([
      'payment.request done',
      'payment.record-callback done',
      'payment.issue-receipt done',
    ]);
  });

  test('is made once, however often its job runs', async ({ db }) => {
    const { intent } = await somethingPaid(db);
    const first = await issueReceipt(contextOf(db), { paymentId: intent.id });
    expect(await issueReceipt(contextOf(db), { paymentId: intent.id })).toEqual(first);
    expect(await db.select().from(files)).toMatchObject([
      { name: 'bien-lai-2026-0000001.pdf', mediaType: 'application/pdf' },
    ]);
  });

  test('exists only for what was paid, and is made by the system alone', async ({ db }) => {
    const payer = contextOf(db, personOf(await addUser(db)));
    const { id: paymentId } = await requestPayment(payer, aRequest(await addOrganisation(db)));
    await expect(issueReceipt(contextOf(db), { paymentId })).rejects.toMatchObject({ code: 'invalidState' });
    await expect(issueReceipt(payer, { paymentId })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is read by who paid and by nobody else', async ({ db }) => {
    const { payer, intent } = await somethingPaid(db);
    const { fileId } = await issueReceipt(contextOf(db), { paymentId: intent.id });
    expect(await canReadReceipt(contextOf(db, payer), fileId)).toBe(true);
    expect(await canReadReceipt(contextOf(db, personOf(await addUser(db))), fileId)).toBe(false);
    expect(await canReadReceipt(contextOf(db, { kind: 'anonymous' }), fileId)).toBe(false);
  });
});
