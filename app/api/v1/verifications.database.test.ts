import { describe, expect, vi } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { verifyFile } from '#server/exchange/api/verifications.ts';
import { findIssued, searchIssued, verifyCodes } from '#server/exchange/issued-documents.ts';
import { violations } from '#server/exchange/testing.ts';
import type { Verification } from '#server/exchange/verification.ts';
import { revokeLicence, suspendLicence } from '#server/facilities/index.ts';
import { insertFacility, official } from '#server/facilities/testing.ts';
import { anonymous, newContext, readFile } from '#server/platform/index.ts';
import {
  changeDocumentStatus,
  initialDocument,
  issueDocument,
  previewDocument,
  signDocument,
} from '#server/signatures/index.ts';
import { morning, type Office, openOffice, pin } from '#server/signatures/testing/office.ts';

vi.hoisted(() => {
  process.env.APP_URL ??= 'http://motcua.test';
});

const later = new Date('2026-11-23T15:00:00+07:00');

/** A certificate signed three times, with the licence it gave. */
async function certificate(db: Database, office: Office) {
  const { as, people } = office;
  const { documentId } = await office.draft();
  const sha256 = async () => (await previewDocument(as(people.head), { documentId })).currentSha256;
  await initialDocument(as(people.head), { documentId, pin, sha256: await sha256() });
  await signDocument(as(people.leader), { documentId, pin, sha256: await sha256() });
  const { fileId, number } = await issueDocument(as(people.clerk), { documentId, pin });
  const { facilityId, licenceId } = await insertFacility(db, office.organisationId, {
    documentId,
    name: 'Nhà thuốc Bến Thuỷ',
    provinceCode: '40',
    wardCode: null,
    licence: { number },
  });
  return { documentId, number, facilityId, licenceId, pdf: Buffer.from(await readFile(db, fileId)) };
}

const post = (db: Database, body: BodyInit, headers: Record<string, string> = {}) =>
  answer(
    db,
    new Request('http://motcua.test/api/v1/verifications', { method: 'POST', body, headers }),
    {},
    verifyFile,
    () => later,
  );
const asForm = (bytes: Uint8Array<ArrayBuffer>, name = 'Giấy chứng nhận.pdf') => {
  const form = new FormData();
  form.set('file', new File([bytes], name, { type: 'application/pdf' }));
  return form;
};
const verdictOf = async (response: Response) => (await response.json()) as Verification;

describe('POST /api/v1/verifications', () => {
  test('says of a certificate issued here who signed it, that it is intact and that it is in force', async ({ db }) => {
    const office = await openOffice(db);
    const { pdf, number, facilityId } = await certificate(db, office);
    const response = await post(db, pdf, { 'content-type': 'application/pdf' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const verdict = await verdictOf(response);
    expect(violations('Verification', verdict)).toEqual([]);
    expect(verdict).toMatchObject({
      verdict: 'intact',
      issuedHere: true,
      status: 'inForce',
      reasons: [],
      document: { number, issuedBy: 'Sở Y tế tỉnh Nghệ An' },
      facility: { id: facilityId, name: 'Nhà thuốc Bến Thuỷ' },
    });
    expect(verdict.signatures.map(({ role, intact, trusted }) => [role, intact, trusted])).toEqual([
      ['initial', true, true],
      ['signature', true, true],
      ['seal', true, true],
    ]);
    expect(await verdictOf(await post(db, asForm(pdf)))).toEqual(verdict);
  });

  test('answers otherwise when one byte differs, wherever it is', async ({ db }) => {
    const office = await openOffice(db);
    const { pdf } = await certificate(db, office);
    for (const share of [0.02, 0.3, 0.6, 0.9, 0.999]) {
      const changed = Buffer.from(pdf);
      const at = Math.floor(changed.length * share);
      changed[at] = changed[at]! ^ 1;
      const verdict = await verdictOf(await post(db, changed));
      expect(verdict.verdict, `byte ${at}`).not.toBe('intact');
      expect(verdict.reasons.length).toBeGreaterThan(0);
    }
  });

  test('says what the register says today: suspended, replaced, or revoked above all', async ({ db }) => {
    const office = await openOffice(db);
    const { pdf, licenceId, documentId } = await certificate(db, office);
    const decision = { licenceId, decisionNumber: '12/QĐ-SYT', reason: 'Vi phạm điều kiện bảo quản' };
    const ctx = newContext(db, official('registrar', office.organisationId), () => later);
    const status = async () => (await verdictOf(await post(db, pdf))).status;
    await suspendLicence(ctx, decision);
    expect(await status()).toBe('suspended');
    await changeDocumentStatus(office.as(office.people.leader), {
      documentId,
      status: 'superseded',
      reason: 'Cấp lại',
    });
    expect(await status()).toBe('superseded');
    // what was taken away is not said in milder words
    await revokeLicence(ctx, { ...decision, confirmed: true });
    expect(await status()).toBe('revoked');
  });

  test.for([
    ['an empty file', Buffer.alloc(0), 'exchange.errors.fileEmpty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'exchange.errors.fileNotPdf'],
    ['a PDF with a password', Buffer.from('%PDF-1.4\ntrailer <</Encrypt 5 0 R>>'), 'exchange.errors.fileEncrypted'],
    ['a file that is too large', Buffer.alloc(25 * 1024 * 1024 + 1, '%PDF-1.4 '), 'exchange.errors.fileTooLarge'],
  ] as const)('refuses %s with a problem that names the file', async ([_what, bytes, reason], { db }) => {
    for (const body of [bytes, asForm(new Uint8Array(bytes), 'a.pdf')]) {
      const response = await post(db, body);
      expect(response.status).toBe(422);
      const problem = await response.json();
      expect(violations('Problem', problem)).toEqual([]);
      expect(problem).toMatchObject({ fields: [{ path: 'file', reason }] });
    }
  });

  test('refuses a form without a file', async ({ db }) => {
    const form = new FormData();
    form.set('other', 'x');
    expect(await (await post(db, form)).json()).toMatchObject({
      fields: [{ path: 'file', reason: 'exchange.errors.fileMissing' }],
    });
  });

  test('says nothing for a PDF from elsewhere', async ({ db }) => {
    const verdict = await verdictOf(
      await post(db, Buffer.from('%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF')),
    );
    expect(verdict).toMatchObject({ issuedHere: false, status: null, document: null, signatures: [] });
    expect(verdict.verdict).not.toBe('intact');
  });

  test('stops answering an address that sends file after file', async ({ db }) => {
    const send = () => post(db, Buffer.from('%PDF-1.4'), { 'x-forwarded-for': '203.0.113.9' });
    const statuses = [];
    for (let i = 0; i < 61; i++) statuses.push((await send()).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, 60)).not.toContain(429);
    expect((await send()).headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('an issued document', () => {
  test('is found by its code however it is typed and by its number, with what the register says', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, number, facilityId } = await certificate(db, office);
    const ctx = newContext(db, anonymous, () => later);
    const code = (await verifyCodes(ctx, { documentIds: [documentId] }))[documentId]!;
    const found = await findIssued(ctx, { code: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} ` });
    expect(found).toMatchObject({ status: 'inForce', document: { number }, facility: { id: facilityId } });
    expect((await searchIssued(ctx, { words: number })).map((each) => each.id)).toEqual([documentId]);
    expect((await searchIssued(ctx, { words: code })).map((each) => each.id)).toEqual([documentId]);
    for (const words of ['', '  ', 'KHONG-CO', "' or 1=1"]) {
      expect(await searchIssued(ctx, { words })).toEqual([]);
      expect(await findIssued(ctx, { code: words })).toBeNull();
    }
  });

  test('that is still a draft does not exist outside', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, verifyCode } = await office.draft();
    const ctx = newContext(db, anonymous, () => morning);
    expect(await findIssued(ctx, { code: verifyCode })).toBeNull();
    expect(await verifyCodes(ctx, { documentIds: [documentId] })).toEqual({});
  });
});
