import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicantRequests, clockEvents, dossierResults } from '#db/schema/dossiers.ts';
import { facilities } from '#db/schema/facilities.ts';
import { notifications } from '#db/schema/notifications.ts';
import { paymentIntents } from '#db/schema/payments.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { signedDocuments } from '#db/schema/signatures.ts';
import { tasks } from '#db/schema/workflow.ts';
import { readFile } from '#server/platform/index.ts';
import { documentsToSign, getDocument, verifyUpload } from '#server/signatures/index.ts';
import { assessDossier } from './commands/assess-dossier.ts';
import { addPaper } from './commands/papers.ts';
import { receiveDossier } from './commands/receive-dossier.ts';
import {
  draftResult,
  initialResult,
  issueResult,
  proposeResult,
  returnResult,
  signResult,
} from './commands/results.ts';
import { withdrawDossier } from './commands/small-acts.ts';
import { myDossiers } from './queries/lists.ts';
import { getMyDossier } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { findResult, getDossier } from './records.ts';
import {
  assess,
  audited,
  bringTo,
  checklist,
  completeDraft,
  copyDraft,
  draft,
  initial,
  issue,
  pay,
  type Stage,
  sign,
  standing,
  timeline,
  toSign,
  visit,
} from './testing/journey.ts';
import { samplePdf } from './testing/sample-files.ts';
import { openWorld, pin, type World } from './testing/world.ts';

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld({ keys: true });
  template = await completeDraft(world);
});
afterAll(() => world.close());

const dossierAt = async (stage: Stage) => bringTo(world, stage, await copyDraft(world, template));
const propose = (id: string) => proposeResult(world.as('officer'), { dossierId: id });
const stateOf = async (documentId: string) => (await getDocument(world.db, documentId)).state;

describe('a draft given back', () => {
  test('by the head is written anew, and only the new one is signed; the drafter hears of it', async () => {
    const id = await dossierAt('proposed');
    const first = (await findResult(world.db, id))!.documentId;
    await returnResult(world.as('head'), { dossierId: id, comment: 'Ghi rõ phạm vi kinh doanh.' });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    expect(await stateOf(first)).toBe('returned');
    expect((await audited(world, id)).at(-1)).toBe('dossier.returnResult');
    const told = await world.db
      .select()
      .from(notifications)
      .where(eq(notifications.userId, world.id('officer')));
    expect(told.map((notice) => notice.kind)).toContain('returned-by-leader');
    expect((await getOfficeDossier(world.as('officer'), { dossierId: id })).result).toMatchObject({ returned: true });
    await expect(propose(id)).rejects.toMatchObject({ code: 'invalidState', reason: 'dossiers.errors.resultReturned' });

    await draft(world, id);
    const second = (await findResult(world.db, id))!.documentId;
    expect(second).not.toBe(first);
    expect(await stateOf(first)).toBe('cancelled');
    await propose(id);
    await initial(world, id);

    const comment = { dossierId: id, comment: 'Sửa địa chỉ.' };
    await returnResult(world.as('leader'), comment);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    expect(await stateOf(second)).toBe('returned');
    await expect(returnResult(world.as('head'), comment)).rejects.toMatchObject({ reason: 'dossiers.errors.movedOn' });

    await draft(world, id);
    await propose(id);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
    const results = await world.db
      .select()
      .from(dossierResults)
      .where(eq(dossierResults.dossierId, id))
      .orderBy(asc(dossierResults.createdAt), asc(dossierResults.id));
    expect(results.map((result) => result.withdrawn)).toEqual([true, true, false]);
    expect((await timeline(world, id, 'office')).filter((kind) => kind === 'resultReturned')).toHaveLength(2);
    expect(await timeline(world, id, 'all')).not.toContain('resultReturned');
    const log = JSON.stringify(await world.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id)));
    expect(log).not.toContain('Sửa địa chỉ');
  });

  test('may be drafted over before it is proposed: the earlier draft is taken back', async () => {
    const id = await dossierAt('drafted');
    const first = (await findResult(world.db, id))!.documentId;
    await draft(world, id, 'refusal');
    expect(await stateOf(first)).toBe('cancelled');
    expect((await findResult(world.db, id))!.kind).toBe('refusal');
    await expect(
      draftResult(world.as('officer'), { dossierId: id, kind: 'refusal', signerId: world.id('leader') }),
    ).rejects.toMatchObject({
      details: { fields: [{ path: 'text', reason: 'dossiers.errors.refusalWithoutReason' }] },
    });
    await expect(
      draftResult(world.as('officer'), { dossierId: id, kind: 'certificate', signerId: world.id('head') }),
    ).rejects.toMatchObject({ details: { fields: [{ path: 'signerId', reason: 'dossiers.errors.notALeader' }] } });
  });
});

describe('a refusal', () => {
  test('is signed, numbered among notices and delivered; no facility enters the register', async () => {
    const before = (await world.db.select().from(facilities)).length;
    const id = await dossierAt('received');
    await assess(world, id, 'reject');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    await expect(draft(world, id, 'certificate')).rejects.toMatchObject({
      details: { fields: [{ path: 'kind', reason: 'dossiers.errors.certificateNotEarned' }] },
    });
    await draft(world, id, 'refusal');
    await propose(id);
    await initial(world, id);
    await sign(world, id);
    const { number, documentId } = await issue(world, id);
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 9, waits: ['collect'] });
    expect((await world.db.select().from(facilities)).length).toBe(before);
    const my = await getMyDossier(world.as('owner'), { dossierId: id });
    expect(my.result).toMatchObject({ kind: 'refusal', number });
    const { currentFileId } = await getDocument(world.db, documentId);
    const verdict = await verifyUpload(world.as('stranger'), await readFile(world.db, currentFileId));
    expect(verdict).toMatchObject({ exactCopy: true, file: { status: 'intact' } });
  });
});

describe('a failed inspection', () => {
  test('leads to a refusal and to nothing else', async () => {
    const id = await dossierAt('planned');
    await visit(world, id, 'fail');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    await expect(draft(world, id, 'certificate')).rejects.toMatchObject({ code: 'invalidInput' });
    expect(await findResult(world.db, id)).toBeNull();
    await draft(world, id, 'refusal');
    expect((await findResult(world.db, id))!.kind).toBe('refusal');
  });
});

describe('signing', () => {
  test('over other bytes than those shown, or with a wrong PIN, signs nothing; the tries are counted', async () => {
    const id = await dossierAt('proposed');
    const shown = await toSign(world, id);
    await expect(initialResult(world.as('head'), { ...shown, sha256: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'signatures.errors.baseChanged',
    });
    await expect(initialResult(world.as('head'), { ...shown, pin: '000000' })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'signatures.errors.wrongPin',
      details: { values: { left: 4 } },
    });
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['initial'] });
    expect(await timeline(world, id)).not.toContain('resultInitialled');
    const refused = await world.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(refused.filter((row) => row.outcome === 'refused').map((row) => row.action)).toEqual([
      'dossier.initialResult',
      'dossier.initialResult',
    ]);
    const tries = await Promise.allSettled([
      initialResult(world.as('head'), shown),
      initialResult(world.as('head'), shown),
    ]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((each) => each.status === 'rejected')!.reason).toMatchObject({
      reason: 'dossiers.errors.movedOn',
    });
  });

  test('is not for whoever drafted it', async () => {
    const id = await dossierAt('inspected');
    await draft(world, id, 'certificate', 'allRounder');
    await proposeResult(world.as('allRounder'), { dossierId: id });
    const own = { code: 'forbidden', reason: 'dossiers.errors.ownDraft' };
    await expect(initial(world, id, 'allRounder')).rejects.toMatchObject(own);
    await initial(world, id);
    await expect(sign(world, id, 'allRounder')).rejects.toMatchObject(own);
    await expect(signResult(world.as('head'), await toSign(world, id))).rejects.toMatchObject({
      reason: 'dossiers.errors.roleMissing',
    });
  });

  test('at the same moment as giving back does one of the two', async () => {
    const id = await dossierAt('initialled');
    const tries = await Promise.allSettled([
      sign(world, id),
      returnResult(world.as('otherLeader'), { dossierId: id, comment: 'Xem lại.' }),
    ]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((each) => each.status === 'rejected')!.reason).toMatchObject({ code: 'invalidState' });
  });

  test('issued twice at once takes one number', async () => {
    const id = await dossierAt('signed');
    const tries = await Promise.allSettled([issue(world, id), issue(world, id)]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(issueResult(world.as('clerk'), { dossierId: id, pin })).rejects.toMatchObject({
      reason: 'dossiers.errors.movedOn',
    });
  });

  test('keeps the last day of a certificate with the document: afterwards it has expired', async () => {
    const id = await dossierAt('inspected');
    const input = { dossierId: id, kind: 'certificate' as const, signerId: world.id('leader'), validTo: '2027-11-22' };
    const { documentId } = await draftResult(world.as('officer'), input);
    const [document] = await world.db.select().from(signedDocuments).where(eq(signedDocuments.id, documentId));
    expect(document!.validTo).toBe('2027-11-22');
  });
});

describe('withdrawing', () => {
  const withdraw = (id: string) =>
    withdrawDossier(world.as('owner'), { dossierId: id, reason: 'Đổi địa điểm.', confirmed: true });
  const clockOf = async (id: string) =>
    (await world.db.select().from(clockEvents).where(eq(clockEvents.dossierId, id)).orderBy(asc(clockEvents.id))).map(
      (event) => event.kind,
    );

  test('before the fee is paid ends everything; what the bank brings later is held and proposed for refund', async () => {
    const id = await dossierAt('filed');
    await withdraw(id);
    expect(await standing(world, id)).toEqual({ state: 7, waits: [] });
    const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, id));
    expect(intent!.status).toBe('cancelled');
    await expect(pay(world, id)).rejects.toThrow('late');
    expect(await timeline(world, id)).toEqual(['filed', 'withdrawn', 'moneyHeld', 'refundProposed']);
    await expect(withdraw(id)).rejects.toMatchObject({ reason: 'dossiers.errors.tooLateToWithdraw' });
  });

  test('while officials work on it closes their task and the clock', async () => {
    const id = await dossierAt('received');
    const phases = async () => (await getMyDossier(world.as('owner'), { dossierId: id })).phases;
    expect((await phases()).map((each) => each.state)).toContain('upcoming');
    await withdraw(id);
    // what it was in when it broke off was never done, and no result was handed out
    expect(await phases()).toEqual([]);
    const { items } = await myDossiers(world.as('owner'), {});
    expect(items.find((item) => item.id === id)!.dueAt).toBeNull();
    expect(await getDossier(world.db, id)).toMatchObject({ state: 7, closedAt: world.clock.at });
    expect(await clockOf(id)).toEqual(['start', 'finish']);
    expect((await audited(world, id)).slice(-2)).toEqual(['payment.cancel', 'dossier.withdraw']);
    const open = (await world.db.select().from(tasks).where(eq(tasks.businessKey, id))).filter(
      (task) => task.status === 'open',
    );
    expect(open).toEqual([]);
    await expect(assess(world, id)).rejects.toMatchObject({ reason: 'dossiers.errors.movedOn' });
  });

  test('while a supplement is asked for closes the request', async () => {
    const id = await dossierAt('received');
    const items = [{ target: 'lease', kind: 'paper' as const, note: 'Thiếu trang.' }];
    const supplement = { dossierId: id, checklist, opinion: 'Cần bổ sung.', outcome: 'supplement' as const, items };
    await assessDossier(world.as('officer'), supplement);
    await world.work();
    await withdraw(id);
    expect(await standing(world, id)).toEqual({ state: 7, waits: [] });
    expect(await clockOf(id)).toEqual(['start', 'stop', 'finish']);
    const [request] = await world.db.select().from(applicantRequests).where(eq(applicantRequests.dossierId, id));
    expect(request!.lapsedAt).not.toBeNull();
    const paper = { dossierId: id, paperKey: 'lease', fileName: 'a.pdf', bytes: samplePdf('after') };
    await expect(addPaper(world.as('owner'), paper)).rejects.toMatchObject({ reason: 'dossiers.errors.alreadyFiled' });
    expect((await getMyDossier(world.as('owner'), { dossierId: id })).openRequest).toBeNull();
  });

  test('takes the result in the making out of everybody’s hands', async () => {
    const id = await dossierAt('initialled');
    const { documentId } = (await findResult(world.db, id))!;
    const waiting = async () => (await documentsToSign(world.as('leader'), {})).map((document) => document.id);
    expect(await waiting()).toContain(documentId);
    await withdraw(id);
    expect(await waiting()).not.toContain(documentId);
    expect(await stateOf(documentId)).toBe('cancelled');
  });

  test('is too late once the result is issued, also before it is delivered', async () => {
    const id = await dossierAt('issued');
    const tooLate = { code: 'invalidState', reason: 'dossiers.errors.tooLateToWithdraw' };
    await expect(withdraw(id)).rejects.toMatchObject(tooLate);
    await world.work();
    await expect(withdraw(id)).rejects.toMatchObject(tooLate);
    expect(await standing(world, id)).toEqual({ state: 9, waits: ['collect'] });
  });

  test('at the same moment as the fee arrives ends in one way or the other, the money accounted for', async () => {
    for (let round = 0; round < 3; round++) {
      const id = await dossierAt('filed');
      const [withdrawn, paid] = await Promise.allSettled([withdraw(id), pay(world, id)]);
      expect(withdrawn.status).toBe('fulfilled');
      await world.work();
      expect(await standing(world, id)).toEqual({ state: 7, waits: [] });
      const [intent] = await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, id));
      expect(intent!.status).toBe(paid.status === 'fulfilled' ? 'settled' : 'cancelled');
    }
  });

  test('at the same moment as an official decides leaves one of the two, and nothing half done', async () => {
    const id = await dossierAt('paid');
    const tries = await Promise.allSettled([withdraw(id), receiveDossier(world.as('oneStop'), { dossierId: id })]);
    expect(tries[0]!.status).toBe('fulfilled');
    await world.work();
    expect(await standing(world, id)).toEqual({ state: 7, waits: [] });
    expect((await clockOf(id)).at(-1) ?? 'finish').toBe('finish');
  });
});
