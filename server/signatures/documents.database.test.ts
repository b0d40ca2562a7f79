import { desc, eq } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';
import type { Database } from '#db/client.ts';
import { grants, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { documentNumbers, signedRevisions } from '#db/schema/signatures.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import {
  anonymous,
  type Context,
  newContext,
  newId,
  type Person,
  readFile,
  systemActor,
  transaction,
} from '#server/platform/index.ts';
import {
  cancelDocument,
  changeDocumentStatus,
  documentsToSign,
  findDocumentByVerifyCode,
  findDocumentsByNumber,
  getDocument,
  initialDocument,
  issueDocument,
  mayReadDocumentFile,
  prepareDocument,
  previewDocument,
  returnDocument,
  signDocument,
  verifyUpload,
} from './index.ts';
import { morning, type Office, openOffice, pin } from './testing/office.ts';
import { count, pdfsig, run, withPdf } from './testing/pdf-tools.ts';

// keys, argon2id and outside tools take their time on a busy machine
vi.setConfig({ testTimeout: 90_000 });

const shown = async (ctx: Context, documentId: string) => (await previewDocument(ctx, { documentId })).currentSha256;

async function signedDraft({ as, people, draft }: Office) {
  const { documentId } = await draft();
  await initialDocument(as(people.head), { documentId, pin, sha256: await shown(as(people.head), documentId) });
  await signDocument(as(people.leader), { documentId, pin, sha256: await shown(as(people.leader), documentId) });
  return documentId;
}
async function issued(office: Office) {
  const documentId = await signedDraft(office);
  const done = await issueDocument(office.as(office.people.clerk), { documentId, pin });
  return { ...done, documentId };
}
const lastAudits = (db: Database, action: string) =>
  db.select().from(auditEntries).where(eq(auditEntries.action, action)).orderBy(desc(auditEntries.id));

describe('a document from draft to issue', () => {
  test('carries three valid signatures, its number and date, and says so to anyone', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, number, fileId, issuedOn } = await issued(office);
    expect([number, issuedOn]).toEqual(['01/GCN-SYT', '2026-11-23']);
    const pdf = await readFile(db, fileId);
    const said = pdfsig(pdf, office.root);
    expect(count(said, 'Signature is Valid.')).toBe(3);
    expect(count(said, 'Certificate is Trusted.')).toBe(3);
    expect(withPdf(pdf, (path) => run('qpdf', ['--check', path])).code).toBe(0);
    const text = withPdf(pdf, (path) => run('pdftotext', ['-layout', path, '-']).output);
    expect(text).toMatch(/Số:\s+01\/GCN-SYT/);
    expect(text).toMatch(/ngày\s+23\s+tháng\s+11\s+năm\s+2026/);

    const verdict = await verifyUpload(office.as(anonymous), pdf);
    expect(verdict).toMatchObject({
      exactCopy: true,
      file: { status: 'intact', reasons: [] },
      document: { id: documentId, number, status: 'inForce', issuedBy: 'Sở Y tế tỉnh Nghệ An' },
    });
    expect(verdict.document?.signatures.map(({ role, signer }) => [role, signer])).toEqual([
      ['initial', 'Nguyễn Văn Dũng'],
      ['signature', 'Trần Quốc Khánh'],
      ['seal', 'Sở Y tế tỉnh Nghệ An'],
    ]);
  });

  test('keeps every revision, each the beginning of the next, and audits the digest before and after', async ({
    db,
  }) => {
    const office = await openOffice(db);
    const { documentId } = await issued(office);
    const revisions = await db
      .select()
      .from(signedRevisions)
      .where(eq(signedRevisions.documentId, documentId))
      .orderBy(signedRevisions.ordinal);
    expect(revisions.map(({ ordinal, field }) => [ordinal, field])).toEqual([
      [0, null],
      [1, 'initial'],
      [2, 'leader'],
      [3, 'seal'],
    ]);
    const files = await Promise.all(revisions.map(({ fileId }) => readFile(db, fileId)));
    for (const [i, file] of files.entries()) {
      if (i > 0)
        expect(
          Buffer.from(file)
            .subarray(0, files[i - 1]!.length)
            .equals(Buffer.from(files[i - 1]!)),
        ).toBe(true);
    }
    for (const [i, action] of ['document.initial', 'document.sign', 'document.issue'].entries()) {
      const [audit] = await lastAudits(db, action);
      expect(audit).toMatchObject({ outcome: 'done', subjectType: 'document', subjectId: documentId });
      expect(audit!.details).toMatchObject({ before: revisions[i]!.sha256, after: revisions[i + 1]!.sha256 });
    }
    expect(await lastAudits(db, 'document.prepare')).toHaveLength(1);
  });

  test('is found by code, however it is typed, and by number; a draft is not', async ({ db }) => {
    const office = await openOffice(db);
    const stranger = office.as(anonymous);
    const waiting = await office.draft();
    await expect(findDocumentByVerifyCode(stranger, { code: waiting.verifyCode })).rejects.toMatchObject({
      code: 'notFound',
    });
    const { documentId, number } = await issued(office);
    const { verifyCode } = await getDocument(db, documentId);
    const typed = `${verifyCode.slice(0, 5).toLowerCase()}-${verifyCode.slice(5)} `;
    expect(await findDocumentByVerifyCode(stranger, { code: typed })).toMatchObject({ id: documentId });
    expect(await findDocumentsByNumber(stranger, { number })).toMatchObject([{ id: documentId }]);
    for (const otherwise of [number.toLowerCase(), number.replaceAll('Đ', 'D'), number.replace(/^0/, '')])
      expect(await findDocumentsByNumber(stranger, { number: otherwise })).toMatchObject([{ id: documentId }]);
    expect(await findDocumentsByNumber(stranger, { number: `9${number}` })).toEqual([]);
    expect(JSON.stringify(await findDocumentByVerifyCode(stranger, { code: verifyCode }))).not.toContain(
      'Minh Tuệ Phượng',
    );
  });

  test('waits in turn for head, leader and clerk, never for the drafter', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const waitingFor = async (actor: Person) => (await documentsToSign(as(actor), {})).map(({ id }) => id);
    const { documentId } = await office.draft();
    const own = await office.draft(people.head);
    expect(await waitingFor(people.head)).toEqual([documentId]);
    expect(own.documentId).not.toBe(documentId);
    expect(await waitingFor(people.leader)).toEqual([]);
    await initialDocument(as(people.head), { documentId, pin, sha256: await shown(as(people.head), documentId) });
    expect(await waitingFor(people.leader)).toEqual([documentId]);
    await signDocument(as(people.leader), { documentId, pin, sha256: await shown(as(people.leader), documentId) });
    expect(await waitingFor(people.clerk)).toEqual([documentId]);
    await expect(documentsToSign(as(anonymous), {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('what is refused', () => {
  test('approving a draft of one’s own, and it leaves an audit row', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const both: Person = {
      ...people.leader,
      grants: [...people.leader.grants, ...people.officer.grants, ...people.head.grants],
    };
    const { documentId, sha256 } = await office.draft(both);
    await expect(initialDocument(as(both), { documentId, pin, sha256 })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'signatures.errors.ownDraft',
    });
    await expect(signDocument(as(both), { documentId, pin, sha256 })).rejects.toMatchObject({
      reason: 'signatures.errors.ownDraft',
    });
    const [refused] = await lastAudits(db, 'document.sign');
    expect(refused).toMatchObject({ outcome: 'refused', details: { reason: 'signatures.errors.ownDraft' } });
  });

  test('another’s step, another organisation’s document, the system, and a stranger', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const { documentId, sha256 } = await office.draft();
    const input = { documentId, pin, sha256 };
    await expect(initialDocument(as(people.leader), input)).rejects.toMatchObject({
      reason: 'signatures.errors.notYourStep',
    });
    await expect(signDocument(as(people.clerk), input)).rejects.toMatchObject({
      reason: 'signatures.errors.notYourStep',
    });
    await expect(issueDocument(as(people.leader), { documentId, pin })).rejects.toMatchObject({
      reason: 'signatures.errors.notYourStep',
    });
    const elsewhere = {
      ...people.leader,
      grants: [{ role: 'leader' as const, organisationId: newId(), unitPath: null, provinceCode: null }],
    };
    await expect(signDocument(as(elsewhere), input)).rejects.toMatchObject({ code: 'notFound' });
    await expect(previewDocument(as(elsewhere), { documentId })).rejects.toMatchObject({ code: 'notFound' });
    await expect(signDocument(as(systemActor('x')), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(signDocument(as(anonymous), input)).rejects.toMatchObject({ code: 'unauthenticated' });
    const foreign = {
      organisationId: office.organisationId,
      kind: 'c',
      subjectType: 'd',
      subjectId: newId(),
      title: 't',
      numberType: 'n',
    };
    const layout = {
      version: 1 as const,
      title: 't',
      createdAt: morning.toISOString(),
      blocks: [{ kind: 'paragraph' as const, text: 'x' }],
    };
    const { DocumentLayout } = await import('./layout/document-layout.ts');
    const prepare = { ...foreign, layout: DocumentLayout.parse(layout), data: {} };
    await expect(prepareDocument(as(elsewhere), prepare)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('signing other bytes than were shown, out of turn, or twice', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const { documentId, sha256 } = await office.draft();
    await expect(signDocument(as(people.leader), { documentId, pin, sha256 })).rejects.toMatchObject({
      code: 'invalidState',
    });
    await initialDocument(as(people.head), { documentId, pin, sha256 });
    await expect(initialDocument(as(people.head), { documentId, pin, sha256 })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'signatures.errors.alreadySigned',
    });
    await expect(signDocument(as(people.leader), { documentId, pin, sha256 })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'signatures.errors.baseChanged',
    });
    await expect(issueDocument(as(people.clerk), { documentId, pin })).rejects.toMatchObject({ code: 'invalidState' });
  });

  test('a signer without a key, or with one that is no longer valid', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const { documentId, sha256 } = await office.draft();
    const newcomer = { ...people.head, userId: newId() };
    const { userId } = newcomer;
    await db.insert(users).values({ id: userId, email: `${userId}@example.vn`, name: 'Người mới', official: true });
    await db.insert(grants).values({ id: newId(), userId, role: 'head', organisationId: office.organisationId });
    await expect(initialDocument(as(newcomer), { documentId, pin, sha256 })).rejects.toMatchObject({
      reason: 'signatures.errors.noKey',
    });
    const later = as(people.head, new Date('2033-01-01T09:00:00+07:00'));
    await expect(initialDocument(later, { documentId, pin, sha256 })).rejects.toMatchObject({
      reason: 'signatures.errors.certificateExpired',
    });
  });

  test('a PIN that is none', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, sha256 } = await office.draft();
    await expect(
      initialDocument(office.as(office.people.head), { documentId, pin: '12', sha256 }),
    ).rejects.toMatchObject({
      code: 'invalidInput',
      details: { fields: [{ path: 'pin', reason: 'signatures.errors.pinFormat' }] },
    });
  });
});

describe('a form sent twice', () => {
  test('with the same idempotency key makes one signature and one number', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const { documentId, sha256 } = await office.draft();
    const form = { documentId, pin, sha256, idempotencyKey: 'form-0001' };
    const first = await initialDocument(as(people.head), form);
    expect(await initialDocument(as(people.head), form)).toEqual(first);
    await signDocument(as(people.leader), { documentId, pin, sha256: first.sha256 });
    const issue = { documentId, pin, idempotencyKey: 'form-0002' };
    const once = await issueDocument(as(people.clerk), issue);
    expect(await issueDocument(as(people.clerk), issue)).toEqual(once);
    expect(await db.select().from(signedRevisions).where(eq(signedRevisions.documentId, documentId))).toHaveLength(4);
    expect(await db.select().from(documentNumbers)).toHaveLength(1);
  });
});

describe('the register of numbers', () => {
  test('counts per organisation, year and type, from 01, and gives a number back when issuing fails', async ({
    db,
  }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const first = await issued(office);
    const waiting = await signedDraft(office);
    const failed = transaction(as(people.clerk), async (ctx) => {
      await issueDocument(ctx, { documentId: waiting, pin });
      throw new Error('something after it failed');
    });
    await expect(failed).rejects.toThrow('something after it failed');
    const second = await issueDocument(as(people.clerk), { documentId: waiting, pin });
    const nextYear = await signedDraft(office);
    const third = await issueDocument(as(people.clerk, new Date('2027-01-04T09:00:00+07:00')), {
      documentId: nextYear,
      pin,
    });
    expect([first.number, second.number, third.number]).toEqual(['01/GCN-SYT', '02/GCN-SYT', '01/GCN-SYT']);
    const other = await openOffice(db, { ownKeys: true });
    expect((await issued(other)).number).toBe('01/GCN-SYT');
  });

  test('keeps the number of a revoked document with the reason, and the public sees it is revoked', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, fileId } = await issued(office);
    const leader = office.as(office.people.leader);
    await changeDocumentStatus(leader, { documentId, status: 'suspended', reason: 'Kiểm tra' });
    expect((await verifyUpload(office.as(anonymous), await readFile(db, fileId))).document?.status).toBe('suspended');
    await changeDocumentStatus(leader, { documentId, status: 'revoked', reason: 'Cấp sai đối tượng' });
    const [number] = await db.select().from(documentNumbers).where(eq(documentNumbers.documentId, documentId));
    expect(number).toMatchObject({ value: 1, cancelledReason: 'Cấp sai đối tượng' });
    const verdict = await verifyUpload(office.as(anonymous), await readFile(db, fileId));
    expect(verdict).toMatchObject({ file: { status: 'intact' }, document: { status: 'revoked' } });
    await expect(changeDocumentStatus(leader, { documentId, status: 'inForce', reason: 'x' })).rejects.toMatchObject({
      code: 'invalidState',
    });
    const officer = office.as(office.people.officer);
    await expect(changeDocumentStatus(officer, { documentId, status: 'inForce', reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await lastAudits(db, 'document.changeStatus')).toHaveLength(4);
  });
});

describe('a draft that is given back or taken back', () => {
  test('cannot be signed any more; its successor can', async ({ db }) => {
    const office = await openOffice(db);
    const { people, as } = office;
    const { documentId, sha256 } = await office.draft();
    await expect(returnDocument(as(people.officer), { documentId, reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await returnDocument(as(people.head), { documentId, reason: 'Thiếu địa chỉ' });
    expect(await getDocument(db, documentId)).toMatchObject({ state: 'returned', closedReason: 'Thiếu địa chỉ' });
    await expect(initialDocument(as(people.head), { documentId, pin, sha256 })).rejects.toMatchObject({
      code: 'invalidState',
    });
    await cancelDocument(as(people.officer), { documentId, reason: 'redrafted' });
    await cancelDocument(as(people.officer), { documentId, reason: 'redrafted' });
    expect((await getDocument(db, documentId)).state).toBe('cancelled');
    expect((await lastAudits(db, 'document.return')).map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
    expect((await issued(office)).number).toBe('01/GCN-SYT');
  });

  test('not after it was issued', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId } = await issued(office);
    const reason = { documentId, reason: 'x' };
    await expect(cancelDocument(office.as(office.people.leader), reason)).rejects.toMatchObject({
      code: 'invalidState',
    });
    await expect(returnDocument(office.as(office.people.leader), reason)).rejects.toMatchObject({
      code: 'invalidState',
    });
  });
});

describe('an uploaded file', () => {
  test('that differs in one byte or lacks the seal is known as ours, and as altered or incomplete', async ({ db }) => {
    const office = await openOffice(db);
    const { documentId, fileId } = await issued(office);
    const pdf = Buffer.from(await readFile(db, fileId));
    const stranger = office.as(anonymous);
    const changed = Buffer.from(pdf);
    changed[pdf.length - 40] = changed[pdf.length - 40]! ^ 1;
    expect((await verifyUpload(stranger, changed)).file.status).not.toBe('intact');
    const appended = await verifyUpload(stranger, Buffer.concat([pdf, Buffer.from('\n')]));
    expect(appended).toMatchObject({ file: { status: 'altered' }, document: { id: documentId }, exactCopy: false });
    const [, , leader] = await db
      .select()
      .from(signedRevisions)
      .where(eq(signedRevisions.documentId, documentId))
      .orderBy(signedRevisions.ordinal);
    const cut = await verifyUpload(stranger, await readFile(db, leader!.fileId));
    expect(cut).toMatchObject({
      file: { status: 'incomplete', missing: ['seal'] },
      document: { id: documentId },
      exactCopy: false,
    });
    expect(await verifyUpload(stranger, Buffer.from('xin chào'))).toMatchObject({
      file: { status: 'unreadable' },
      document: null,
    });
  });

  test('of the office is read by its officials only', async ({ db }) => {
    const office = await openOffice(db);
    const { fileId } = await office.draft();
    expect(await mayReadDocumentFile(office.as(office.people.clerk), fileId)).toBe(true);
    expect(await mayReadDocumentFile(office.as(anonymous), fileId)).toBe(false);
    expect(
      await mayReadDocumentFile(
        newContext(db, office.people.clerk, () => morning),
        newId(),
      ),
    ).toBe(false);
  });
});
