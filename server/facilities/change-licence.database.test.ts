import { desc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { type Actor, anonymous, type Context, newContext } from '#server/platform/index.ts';
import {
  findDocumentLicence,
  getFacility,
  getOfficeFacility,
  liftSuspension,
  registerFacility,
  revokeLicence,
  suspendLicence,
} from './index.ts';
import { certificate, insertAuthority, insertFacility, noon, official, systemContext } from './testing.ts';

const decision = { decisionNumber: '1402/QĐ-SYT', reason: 'Không duy trì điều kiện bảo quản thuốc' };
/** Revoking, said to be meant: called as the other acts are. */
const revoke = (ctx: Context, input: { licenceId: string; decisionNumber: string; reason: string }) =>
  revokeLicence(ctx, { ...input, confirmed: true });
const later = new Date('2026-12-15T09:00:00+07:00');

describe('a licence', () => {
  test('is suspended by the registrar of its issuer, comes back by itself after the last day, and may be lifted', async ({
    db,
  }) => {
    const authority = await insertAuthority(db);
    const { facilityId, licenceId } = await insertFacility(db, authority.id);
    const as = (actor: Actor, at = noon) => newContext(db, actor, () => at);
    const registrar = official('registrar', authority.id);
    await suspendLicence(as(registrar), { licenceId, ...decision, until: '2026-12-10' });
    const view = await getFacility(as(anonymous), { id: facilityId });
    expect(view.licence).toMatchObject({ status: 'suspended', suspendedUntil: '2026-12-10' });
    expect(view.open).toBeNull();
    expect((await getFacility(as(anonymous, later), { id: facilityId })).licence?.status).toBe('inForce');
    await liftSuspension(as(registrar), { licenceId, ...decision });
    expect((await getFacility(as(anonymous), { id: facilityId })).licence?.status).toBe('inForce');
  });

  test('that is revoked stays findable, marked, with decision number and date, and without the reason', async ({
    db,
  }) => {
    const authority = await insertAuthority(db);
    const input = certificate(authority.id);
    const { facilityId, licenceId } = await registerFacility(systemContext(db), input);
    const leader = newContext(db, official('leader', authority.id), () => noon);
    await revoke(leader, { licenceId, ...decision });
    const stranger = newContext(db, anonymous, () => noon);
    const view = await getFacility(stranger, { id: facilityId });
    expect(view.licence?.status).toBe('revoked');
    expect(view.history[0]).toMatchObject({
      action: 'licenceRevoked',
      decisionNumber: '1402/QĐ-SYT',
      validFrom: '2026-11-23',
    });
    expect(JSON.stringify(view)).not.toContain(decision.reason);
    const office = await getOfficeFacility(leader, { id: facilityId });
    expect(Object.values(office.reasons)).toEqual([decision.reason]);
    expect(office.actions[licenceId]).toEqual([]);
    expect(await findDocumentLicence(stranger, { documentId: input.documentId })).toMatchObject({ status: 'revoked' });
  });

  test('changes only by an official whose second factor is fresh', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { licenceId } = await insertFacility(db, authority.id);
    const ctx = newContext(db, { ...official('leader', authority.id), assurance: 1 }, () => noon);
    for (const change of [suspendLicence, revoke, liftSuspension])
      await expect(change(ctx, { licenceId, ...decision })).rejects.toMatchObject({
        code: 'forbidden',
        reason: 'security.errors.stepUp',
      });
  });

  test('cannot be suspended when it is revoked, nor lifted when it is in force', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { licenceId } = await insertFacility(db, authority.id);
    const ctx = newContext(db, official('leader', authority.id), () => noon);
    await expect(liftSuspension(ctx, { licenceId, ...decision })).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'facilities.errors.lift.inForce',
    });
    await revoke(ctx, { licenceId, ...decision });
    await expect(suspendLicence(ctx, { licenceId, ...decision })).rejects.toMatchObject({
      reason: 'facilities.errors.suspend.revoked',
    });
  });

  test('is not changed without a decision and a reason, each named', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { licenceId } = await insertFacility(db, authority.id);
    const ctx = newContext(db, official('registrar', authority.id), () => noon);
    const unsaid = { licenceId, decisionNumber: ' ', reason: '', confirmed: false as unknown as true };
    await expect(revokeLicence(ctx, unsaid)).rejects.toMatchObject({
      details: {
        fields: [
          { path: 'decisionNumber', reason: 'facilities.errors.decisionMissing' },
          { path: 'reason', reason: 'facilities.errors.reasonMissing' },
          { path: 'confirmed', reason: 'facilities.errors.revokeUnconfirmed' },
        ],
      },
    });
  });

  test('is not suspended until a day that has passed', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { licenceId } = await insertFacility(db, authority.id);
    const ctx = newContext(db, official('registrar', authority.id), () => noon);
    await expect(suspendLicence(ctx, { licenceId, ...decision, until: '2026-11-22' })).rejects.toMatchObject({
      details: { fields: [{ path: 'until', reason: 'facilities.errors.untilPast' }] },
    });
  });

  test.for([
    ['a stranger', () => anonymous, 'unauthenticated', 'errors.unauthenticated'],
    [
      'another role of the issuer',
      (own: string) => official('officer', own),
      'forbidden',
      'facilities.errors.roleMissing',
    ],
    [
      'a registrar for another province',
      (own: string) => official('registrar', own, '79'),
      'forbidden',
      'facilities.errors.roleMissing',
    ],
    [
      'the leader of another authority',
      (_own: string, other: string) => official('leader', other),
      'forbidden',
      'facilities.errors.issuerOnly',
    ],
  ] as const)('is not touched by %s, and the refusal is on record', async ([_who, actor, code, reason], { db }) => {
    const authority = await insertAuthority(db);
    const other = await insertAuthority(db, {
      name: 'Sở Y tế Thành phố Hồ Chí Minh',
      placeCode: 'HCM',
      provinceCode: '79',
    });
    const { licenceId } = await insertFacility(db, authority.id);
    const ctx = newContext(db, actor(authority.id, other.id), () => noon);
    for (const act of [suspendLicence, liftSuspension, revoke]) {
      await expect(act(ctx, { licenceId, ...decision })).rejects.toMatchObject({ code, reason });
    }
    const [entry] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({ action: 'licence.revoke', outcome: 'refused', details: { reason } });
  });

  test('changed leaves an audit row with the decision and without the reason', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { licenceId, facilityId } = await insertFacility(db, authority.id);
    await suspendLicence(
      newContext(db, official('registrar', authority.id), () => noon),
      { licenceId, ...decision },
    );
    const [entry] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({ action: 'licence.suspend', outcome: 'done', subjectId: facilityId });
    expect(entry?.details).toEqual({ licenceId, decisionNumber: '1402/QĐ-SYT' });
  });
});
