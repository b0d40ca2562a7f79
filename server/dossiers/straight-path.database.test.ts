import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockEvents, dossierPapers, dossierResults, dossiers, ratings, slips } from '#db/schema/dossiers.ts';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { mails, notifications } from '#db/schema/notifications.ts';
import { paymentIntents } from '#db/schema/payments.ts';
import { auditEntries, files } from '#db/schema/platform.ts';
import { documentNumbers } from '#db/schema/signatures.ts';
import { readFile, systemActor, transaction, verifyAuditChain } from '#server/platform/index.ts';
import { getDocument, verifyUpload } from '#server/signatures/index.ts';
import { findEffect } from '#server/workflow/effects.ts';
import { addInspectionPhoto } from './commands/inspect.ts';
import { receiveDossier } from './commands/receive-dossier.ts';
import { collectResult, proposeResult } from './commands/results.ts';
import { rateDossier } from './commands/small-acts.ts';
import { getMyDossier } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { findResult, getDossier } from './records.ts';
import { renderSlip } from './slip-layouts.ts';
import {
  assess,
  audited,
  completeDraft,
  draft,
  file,
  initial,
  issue,
  pay,
  plan,
  sign,
  standing,
  timeline,
  visit,
} from './testing/journey.ts';
import { samplePng } from './testing/sample-files.ts';
import { openWorld, type Who, type World } from './testing/world.ts';

/** One dossier from the first page to the rating; each test is the next step of it. */
let world: World;
let id: string;
beforeAll(async () => {
  world = await openWorld({ keys: true });
});
afterAll(() => world.close());

const at = (text: string) => {
  world.clock.at = new Date(text);
};
const clock = async () =>
  (await world.db.select().from(clockEvents).where(eq(clockEvents.dossierId, id)).orderBy(asc(clockEvents.id))).map(
    (event) => `${event.kind} ${event.reason}`,
  );
const noticesOf = async (who: Who) =>
  (
    await world.db
      .select()
      .from(notifications)
      .where(eq(notifications.userId, world.id(who)))
  ).map((row) => row.kind);
const lastAudit = async () => {
  const rows = await world.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.id));
  const row = rows.at(-1)!;
  return { action: row.action, outcome: row.outcome, actorId: row.actorId };
};
const done = (action: string, who: Who) => ({ action, outcome: 'done', actorId: world.id(who) });

describe('a pharmacy on the straight path', () => {
  test('is drafted page by page with its papers, seen by nobody else', async () => {
    id = await completeDraft(world);
    const dossier = await getDossier(world.db, id);
    expect(dossier).toMatchObject({ state: 0, code: null, authorityId: null, organisationId: world.business });
    expect(dossier.answers).toMatchObject({
      facility: { name: 'Nhà thuốc Minh Châu', location: { latitude: 21.0245 } },
      premises: { area: 32.5, leaseUntil: '2031-12-31' },
      controlled: { kinds: ['narcotic', 'psychotropic'] },
      staff: [{ name: 'Phạm Thị Hoa' }, { name: 'Đỗ Văn Nam' }],
    });
    const papers = await world.db
      .select({ key: dossierPapers.paperKey, type: files.mediaType })
      .from(dossierPapers)
      .innerJoin(files, eq(files.id, dossierPapers.fileId))
      .where(eq(dossierPapers.dossierId, id));
    expect(papers).toHaveLength(7);
    expect(new Set(papers.map((paper) => paper.type))).toEqual(new Set(['application/pdf']));
    await expect(getOfficeDossier(world.as('officer'), { dossierId: id })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is filed: code, authority of the place, fee asked for; nobody can work on it before it is paid', async () => {
    const { code } = await file(world, id);
    expect(code).toBe('000.00.10.H26-261123-0001');
    expect(await getDossier(world.db, id)).toMatchObject({
      state: 1,
      authorityId: world.hanoi,
      feeAmount: 1_000_000,
      title: 'Nhà thuốc Minh Châu',
      dueAt: null,
    });
    expect(await standing(world, id)).toEqual({ state: 1, waits: [] });
    expect(await timeline(world, id)).toEqual(['filed']);
    expect(await clock()).toEqual([]);
    expect(await noticesOf('owner')).toEqual(['payment-due']);
    expect(await lastAudit()).toEqual(done('dossier.file', 'owner'));
    const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, id));
    expect(intent).toMatchObject({
      amount: 1_000_000,
      payerOrganisationId: world.business,
      payeeOrganisationId: world.hanoi,
    });
    await expect(receiveDossier(world.as('oneStop'), { dossierId: id })).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'dossiers.errors.movedOn',
    });
  });

  test('is paid: the one-stop officer hears of it, the receipt is made', async () => {
    await pay(world, id);
    expect(await standing(world, id)).toEqual({ state: 1, waits: ['receive'] });
    expect(await timeline(world, id)).toEqual(['filed', 'paymentSettled']);
    expect((await noticesOf('owner')).sort()).toEqual(['payment-due', 'payment-settled']);
    expect(await noticesOf('partner')).toEqual(['payment-settled']);
    expect(await noticesOf('oneStop')).toEqual(['task-assigned']);
    await world.work();
    const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, id));
    expect(intent).toMatchObject({ status: 'settled', receiptNumber: 1, receiptFileId: expect.any(String) });
    const my = await getMyDossier(world.as('owner'), { dossierId: id });
    expect(my.payment).toMatchObject({ status: 'settled' });
  });

  test('is received: the clock starts, slip 01 names the date twenty working days ahead, past Culture Day', async () => {
    const { dueAt } = await receiveDossier(world.as('oneStop'), { dossierId: id });
    expect(dueAt).toEqual(new Date('2026-12-22T09:00:00+07:00'));
    expect((await getDossier(world.db, id)).dueAt).toEqual(dueAt);
    expect(await standing(world, id)).toEqual({ state: 2, waits: [] });
    expect(await clock()).toEqual(['start received']);
    expect(await lastAudit()).toMatchObject(done('dossier.receive', 'oneStop'));
    expect(await noticesOf('owner')).toContain('received');
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['assess'] });
    expect(await timeline(world, id)).toEqual(['filed', 'paymentSettled', 'received', 'slipIssued']);
    expect(await noticesOf('officer')).toEqual(['task-assigned']);
  });

  test('has slip 01 as a PDF; printing again changes nothing', async () => {
    const [slip] = await world.db.select().from(slips).where(eq(slips.dossierId, id));
    expect(slip).toMatchObject({ form: '01', number: 1, year: 2026, authorityId: world.hanoi });
    const bytes = await readFile(world.db, slip!.fileId!);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(Buffer.compare(await renderSlip(world.db, await getDossier(world.db, id), slip!), bytes)).toBe(0);
    const before = (await world.db.select().from(files)).length;
    const effect = findEffect('dossiers.issue-slip')!;
    await transaction(world.asActor(systemActor('test')), async (ctx) => {
      await effect(ctx, { instanceId: id, businessKey: id, variables: {}, properties: {}, idempotencyKey: 'again' });
    });
    expect((await world.db.select().from(files)).length).toBe(before);
    expect((await timeline(world, id)).filter((kind) => kind === 'slipIssued')).toHaveLength(1);
  });

  test('is assessed, the visit is planned, and the applicant is told of the day but not of the opinion', async () => {
    at('2026-11-25T10:00:00+07:00');
    await assess(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['plan-inspection'] });
    expect(await lastAudit()).toEqual(done('dossier.assess', 'officer'));
    await plan(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['inspect'] });
    expect(await lastAudit()).toEqual(done('dossier.planInspection', 'officer'));
    expect(await noticesOf('owner')).toContain('inspection-planned');
    expect(await noticesOf('inspector')).toEqual(['task-assigned']);
    const my = await getMyDossier(world.as('owner'), { dossierId: id });
    expect(my.timeline.map((entry) => entry.kind)).not.toContain('assessed');
    expect(JSON.stringify(my)).not.toContain('Hồ sơ hợp lệ.');
  });

  test('is visited: photos and minutes stay with the round', async () => {
    at('2026-12-01T15:00:00+07:00');
    const photo = { dossierId: id, fileName: 'mat-tien.png', caption: 'Mặt tiền', bytes: samplePng(80) };
    await addInspectionPhoto(world.as('inspector'), photo);
    await visit(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    expect(await lastAudit()).toEqual(done('dossier.recordInspection', 'inspector'));
    const { inspections } = await getOfficeDossier(world.as('officer'), { dossierId: id });
    expect(inspections).toMatchObject([{ round: 1, outcome: 'pass', photos: [{ caption: 'Mặt tiền' }] }]);
  });

  test('gets its certificate drafted, proposed, initialled and signed, step by step', async () => {
    at('2026-12-03T08:30:00+07:00');
    await draft(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    expect(await lastAudit()).toEqual(done('dossier.draftResult', 'officer'));
    await proposeResult(world.as('officer'), { dossierId: id });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
    expect(await noticesOf('head')).toEqual(['task-assigned']);
    at('2026-12-03T10:00:00+07:00');
    await initial(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['approve'] });
    expect(await lastAudit()).toEqual(done('dossier.initialResult', 'head'));
    at('2026-12-03T14:00:00+07:00');
    await sign(world, id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['issue'] });
    expect(await lastAudit()).toEqual(done('dossier.signResult', 'leader'));
    expect((await getMyDossier(world.as('owner'), { dossierId: id })).result).toBeNull();
  });

  test('is issued with number and seal; the file holds as issued', async () => {
    at('2026-12-04T08:00:00+07:00');
    const { number, documentId } = await issue(world, id);
    expect(number).toMatch(/^01\/.+HNO$/);
    expect(await lastAudit()).toEqual(done('dossier.issueResult', 'clerk'));
    expect(await standing(world, id)).toEqual({ state: 4, waits: [] });
    const document = await getDocument(world.db, documentId);
    const verdict = await verifyUpload(world.as('stranger'), await readFile(world.db, document.currentFileId));
    expect(verdict).toMatchObject({ exactCopy: true, document: { number, status: 'inForce' } });
    expect(verdict.file).toMatchObject({ status: 'intact', reasons: [] });
    expect(document.signatures.map((signature) => signature.signerName)).toEqual([
      'Người head',
      'Người leader',
      'Sở Y tế Hà Nội',
    ]);
  });

  test('enters the register once, linked to its document, and reaches the applicant; the clock finishes', async () => {
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 9, waits: ['collect'] });
    const [number] = await world.db.select().from(documentNumbers);
    const result = (await findResult(world.db, id))!;
    const licences = await world.db.select().from(facilityLicences);
    expect(licences).toMatchObject([
      { dossierId: id, documentId: result.documentId, validFrom: '2026-12-04', validTo: null, issuedBy: world.hanoi },
    ]);
    expect(licences[0]!.number).toBe((await getDocument(world.db, result.documentId)).number);
    expect(number!.documentId).toBe(result.documentId);
    expect(await world.db.select().from(facilities)).toMatchObject([
      { name: 'Nhà thuốc Minh Châu', organisationId: world.business, kind: 'pharmacy' },
    ]);
    expect(await clock()).toEqual(['start received', 'finish resultIssued']);
    expect(await noticesOf('owner')).toContain('result-ready');
    const my = await getMyDossier(world.as('partner'), { dossierId: id });
    expect(my).toMatchObject({ state: 'processed', result: { kind: 'certificate', number: licences[0]!.number } });
    expect(my.clock).toMatchObject({ state: 'finished', late: false });
  });

  test('runs register and delivery again without doing anything twice', async () => {
    const before = await timeline(world, id);
    const ctx = world.asActor(systemActor('test'));
    for (const name of ['dossiers.deliver-result', 'pharmacy-eligibility.register']) {
      await transaction(ctx, async (tx) => {
        await findEffect(name)!(tx, {
          instanceId: id,
          businessKey: id,
          variables: {},
          properties: {},
          idempotencyKey: name,
        });
      });
    }
    expect(await world.db.select().from(facilities)).toHaveLength(1);
    expect(await world.db.select().from(facilityLicences)).toHaveLength(1);
    expect(await timeline(world, id)).toEqual(before);
    expect((await noticesOf('owner')).filter((kind) => kind === 'result-ready')).toHaveLength(1);
  });

  test('is collected and rated once each', async () => {
    await expect(rateDossier(world.as('stranger'), { dossierId: id, score: 'satisfied' })).rejects.toMatchObject({
      code: 'notFound',
    });
    await collectResult(world.as('owner'), { dossierId: id });
    await collectResult(world.as('owner'), { dossierId: id });
    expect(await standing(world, id)).toEqual({ state: 10, waits: [] });
    expect(await getDossier(world.db, id)).toMatchObject({ closedAt: world.clock.at });
    expect(await world.db.select().from(dossierResults)).toMatchObject([{ collectedAt: world.clock.at }]);
    const rate = () =>
      rateDossier(world.as('owner'), { dossierId: id, score: 'very-satisfied', comment: 'Rất nhanh.' });
    const tries = await Promise.allSettled([rate(), rate()]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await world.db.select().from(ratings)).toMatchObject([
      { score: 'very-satisfied', authorityId: world.hanoi },
    ]);
    expect((await audited(world, id)).slice(-3)).toEqual([
      'dossier.collectResult',
      'dossier.collectResult',
      'dossier.rate',
    ]);
    expect(await timeline(world, id, 'all')).toEqual([
      'filed',
      'paymentSettled',
      'received',
      'slipIssued',
      'inspectionPlanned',
      'inspected',
      'resultIssued',
      'registered',
      'resultDelivered',
      'resultCollected',
      'rated',
    ]);
    expect(await timeline(world, id, 'office')).toEqual([
      'assessed',
      'resultDrafted',
      'resultProposed',
      'resultInitialled',
      'resultSigned',
    ]);
  });

  test('leaves a whole audit log without PIN or answers, and mails that name nobody', async () => {
    expect(await verifyAuditChain(world.own.ownerDb)).toMatchObject({ firstBad: null });
    const log = JSON.stringify(await world.db.select().from(auditEntries));
    for (const secret of ['482916', 'Minh Châu', 'Hường', '001085012345']) expect(log).not.toContain(secret);
    const sent = await world.db.select().from(mails);
    expect(sent.length).toBeGreaterThan(5);
    for (const mail of sent) expect(mail.body).not.toMatch(/Hường|Châu/);
    const [dossier] = await world.db.select().from(dossiers);
    expect(log).not.toContain(dossier!.trackingSecret!);
  });
});
