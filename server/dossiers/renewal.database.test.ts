import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossiers } from '#db/schema/dossiers.ts';
import { facilityLicences } from '#db/schema/facilities.ts';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { documentNumbers } from '#db/schema/signatures.ts';
import { findIssued } from '#server/exchange/issued-documents.ts';
import { getFacility, liftSuspension, revokeLicence, suspendLicence } from '#server/facilities/index.ts';
import { getDocument } from '#server/signatures/index.ts';
import { receiveDossier } from './commands/receive-dossier.ts';
import { proposeResult } from './commands/results.ts';
import { returnUnsealed } from './commands/return-unsealed.ts';
import { startRenewal } from './commands/start-renewal.ts';
import { getMyDossier } from './queries/my-dossier.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { findResult, getDossier } from './records.ts';
import {
  assess,
  bringTo,
  completeDraft,
  copyDraft,
  draft,
  file,
  initial,
  issue,
  pay,
  plan,
  sign,
  standing,
  visit,
} from './testing/journey.ts';
import { nobody, openWorld, type World } from './testing/world.ts';

let world: World;
let firstId: string;
beforeAll(async () => {
  world = await openWorld({ keys: true });
  firstId = await completeDraft(world);
  await decide(firstId);
});
afterAll(() => world.close());

/** From a complete draft to the register. */
async function decide(id: string): Promise<void> {
  await file(world, id);
  await world.work();
  await pay(world, id);
  await world.work();
  await receiveDossier(world.as('oneStop'), { dossierId: id });
  await world.work();
  await assess(world, id);
  await world.work();
  await plan(world, id);
  await world.work();
  await visit(world, id);
  await world.work();
  await draft(world, id);
  await proposeResult(world.as('officer'), { dossierId: id });
  await world.work();
  await initial(world, id);
  await world.work();
  await sign(world, id);
  await world.work();
  await issue(world, id);
  await world.work();
}

const licenceOf = async (dossierId: string) =>
  (await world.db.select().from(facilityLicences).where(eq(facilityLicences.dossierId, dossierId)))[0]!;
const documentOf = async (dossierId: string) =>
  getDocument(world.db, (await findResult(world.db, dossierId))!.documentId);
const withEnd = async () => {
  const { id } = await licenceOf(firstId);
  await world.db.update(facilityLicences).set({ validTo: '2027-01-31' }).where(eq(facilityLicences.id, id));
  return id;
};

/** A dossier of its own whose certificate was delivered. */
const decided = async () => bringTo(world, 'delivered', await copyDraft(world, firstId));

describe('a renewal', () => {
  test('of a licence without an end is refused with the reason, and the refusal is on record', async () => {
    const { id } = await licenceOf(firstId);
    await expect(startRenewal(world.as('owner'), { licenceId: id })).rejects.toMatchObject({
      reason: 'facilities.errors.renew.unlimited',
    });
    const rows = await world.db.select().from(auditEntries).where(eq(auditEntries.action, 'dossier.start-renewal'));
    expect(rows.map((row) => row.outcome)).toEqual(['refused']);
  });

  test('belongs to the holder: to everybody else the licence is not there', async () => {
    const licenceId = await withEnd();
    for (const who of ['stranger', 'officer'] as const) {
      await expect(startRenewal(world.as(who), { licenceId })).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  test('begins once with the answers of before, however often and by whomever of the business it is asked for', async () => {
    const licenceId = await withEnd();
    const { id } = await startRenewal(world.as('owner'), { licenceId });
    expect((await startRenewal(world.as('owner'), { licenceId })).id).toBe(id);
    expect((await getDossier(world.db, id)).answers).toEqual((await getDossier(world.db, firstId)).answers);
    const rows = await world.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(rows.map((row) => `${row.action} ${row.outcome}`)).toContain('dossier.start-renewal done');
  });

  test('ends with a new certificate; the old one says at once, wherever it is asked for, that it was replaced', async () => {
    const licenceId = await withEnd();
    const id = await copyDraft(world, firstId);
    await world.db.update(dossiers).set({ renewsLicenceId: licenceId }).where(eq(dossiers.id, id));
    await decide(id);
    const [old, fresh] = [await licenceOf(firstId), await licenceOf(id)];
    expect(fresh.facilityId).toBe(old.facilityId);
    expect(old.supersededBy).toBe(fresh.id);
    const issued = await findIssued(nobody(world), { code: (await documentOf(firstId)).verifyCode });
    const successor = await documentOf(id);
    expect(issued).toMatchObject({
      status: 'superseded',
      successor: { number: fresh.number, verifyCode: successor.verifyCode },
    });
    expect((await findIssued(nobody(world), { code: successor.verifyCode }))!.status).toBe('inForce');
    expect((await getFacility(nobody(world), { id: old.facilityId })).licences.map((each) => each.status)).toEqual([
      'inForce',
      'superseded',
    ]);
    expect((await getMyDossier(world.as('owner'), { dossierId: id })).renews).toEqual({
      number: old.number,
      status: 'superseded',
    });
    // revoked: the very next question gets the new answer, with the decision
    await revokeLicence(world.as('registrar'), {
      licenceId: fresh.id,
      decisionNumber: '88/QĐ-SYT',
      reason: 'Không duy trì điều kiện',
      confirmed: true,
    });
    expect(await findIssued(nobody(world), { code: successor.verifyCode })).toMatchObject({
      status: 'revoked',
      decision: { number: '88/QĐ-SYT', verifyCode: null },
    });
  });

  test('of a licence that is revoked meanwhile comes to no certificate, nor is one filed; officials see why', async () => {
    const id = await copyDraft(world, firstId);
    const late = await copyDraft(world, firstId);
    const { id: licenceId, number } = await licenceOf(await decided());
    await world.db
      .update(dossiers)
      .set({ renewsLicenceId: licenceId })
      .where(inArray(dossiers.id, [id, late]));
    await bringTo(world, 'inspected', id);
    await revokeLicence(world.as('registrar'), {
      licenceId,
      decisionNumber: '89/QĐ-SYT',
      reason: 'Không duy trì điều kiện',
      confirmed: true,
    });
    const revoked = { code: 'invalidState', reason: 'facilities.errors.renew.revoked' };
    await expect(draft(world, id)).rejects.toMatchObject(revoked);
    await expect(file(world, late)).rejects.toMatchObject(revoked);
    expect((await getOfficeDossier(world.as('officer'), { dossierId: id })).renews).toEqual({
      number,
      status: 'revoked',
    });
    await draft(world, id, 'refusal');
  });

  const decision = { decisionNumber: '90/QĐ-SYT', reason: 'Không duy trì điều kiện' };

  /** A renewal the leader has signed; its licence is in force. */
  async function signedRenewal() {
    const first = await decided();
    const { id: licenceId } = await licenceOf(first);
    const id = await copyDraft(world, firstId);
    await world.db.update(dossiers).set({ renewsLicenceId: licenceId }).where(eq(dossiers.id, id));
    await bringTo(world, 'signed', id);
    return { id, licenceId, first };
  }
  const sealsSoFar = async () => (await world.db.select().from(documentNumbers)).length;

  test('signed before its licence was revoked is not sealed: it goes back, those who signed are told, a refusal ends it', async () => {
    const { id, licenceId, first } = await signedRenewal();
    await revokeLicence(world.as('registrar'), { licenceId, ...decision, confirmed: true });
    const numbers = await sealsSoFar();
    await expect(issue(world, id)).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'facilities.errors.seal.revoked',
    });
    expect(await sealsSoFar()).toBe(numbers);
    expect((await documentOf(id)).state).toBe('signed');
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['issue'] });
    expect((await getOfficeDossier(world.as('clerk'), { dossierId: id })).sealHindrance).toBe('revoked');
    const back = { dossierId: id, comment: 'Giấy phép đã bị thu hồi.' };
    for (const who of ['officer', 'leader'] as const)
      await expect(returnUnsealed(world.as(who), back)).rejects.toMatchObject({ code: 'forbidden' });
    await returnUnsealed(world.as('clerk'), back);
    expect(await standing(world, id)).toEqual({ state: 4, waits: ['draft-result'] });
    expect((await documentOf(id)).state).toBe('returned');
    const told = await world.db.select().from(notifications).where(eq(notifications.kind, 'returned-before-seal'));
    expect(told.map((each) => each.userId).sort()).toEqual(
      (['head', 'leader', 'officer'] as const).map((who) => world.id(who)).sort(),
    );
    const rows = await world.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    const acts = rows.map((row) => `${row.action} ${row.outcome}`);
    expect(acts).toEqual(expect.arrayContaining(['dossier.issueResult refused', 'dossier.returnUnsealed done']));
    await draft(world, id, 'refusal');
    await proposeResult(world.as('officer'), { dossierId: id });
    await initial(world, id);
    await sign(world, id);
    await issue(world, id);
    await world.work();
    expect((await standing(world, id)).state).toBe(9);
    expect((await findIssued(nobody(world), { code: (await documentOf(first)).verifyCode }))!.status).toBe('revoked');
    expect(await licenceOf(id)).toBeUndefined();
  });

  test('waits with the seal while its licence is suspended, and is sealed when the suspension is lifted', async () => {
    const { id, licenceId } = await signedRenewal();
    await suspendLicence(world.as('registrar'), { licenceId, ...decision, until: null });
    await expect(issue(world, id)).rejects.toMatchObject({ reason: 'facilities.errors.seal.suspended' });
    await liftSuspension(world.as('registrar'), { licenceId, ...decision });
    await issue(world, id);
    await world.work();
    expect((await licenceOf(id)).number).toBeTruthy();
    expect((await licenceOf(id)).id).toBe(
      (await world.db.select().from(facilityLicences).where(eq(facilityLicences.id, licenceId)))[0]!.supersededBy,
    );
  });

  test('is not sealed when another renewal of the same licence was faster', async () => {
    const { id, licenceId } = await signedRenewal();
    const faster = await copyDraft(world, firstId);
    await world.db.update(dossiers).set({ renewsLicenceId: licenceId }).where(eq(dossiers.id, faster));
    await bringTo(world, 'delivered', faster);
    await expect(issue(world, id)).rejects.toMatchObject({ reason: 'facilities.errors.seal.superseded' });
  });
});
