import { eq } from 'drizzle-orm';
import { describe, expect, test as plain } from 'vitest';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { notifications } from '#db/schema/notifications.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { insertMembership, insertOrganisation, insertUser } from '#server/identity/testing.ts';
import { anonymous, newContext, newId } from '#server/platform/index.ts';
import {
  findDocumentLicence,
  getFacility,
  listOwnLicences,
  registerFacility,
  remindHolders,
  revokeLicence,
  searchFacilities,
} from './index.ts';
import { reminderDue, renewalHindrance } from './rules.ts';
import { certificate, insertAuthority, noon, official, systemContext } from './testing.ts';

const at = (text: string) => new Date(`${text}T09:00:00+07:00`);
const ending = { licence: { issuedOn: '2023-12-20', validFrom: '2023-12-20', validTo: '2026-12-20' } };

describe('a renewed licence', () => {
  test('takes the place of the one before at once: in the register, the search and for whoever verifies the old paper', async ({
    db,
  }) => {
    const authority = await insertAuthority(db);
    const first = certificate(authority.id, ending);
    const before = await registerFacility(systemContext(db), first);
    const second = certificate(authority.id, { name: 'Nhà thuốc An Bình mới', renews: before.licenceId });
    const after = await registerFacility(systemContext(db), second);
    expect(after).toMatchObject({ facilityId: before.facilityId, code: before.code, created: true });
    expect(await registerFacility(systemContext(db), second)).toMatchObject({ created: false });
    const stranger = newContext(db, anonymous, () => noon);
    const view = await getFacility(stranger, { id: before.facilityId });
    expect(view.name).toBe('Nhà thuốc An Bình mới');
    expect(view.licences.map((licence) => `${licence.number} ${licence.status}`)).toEqual([
      `${second.licence.number} inForce`,
      `${first.licence.number} superseded`,
    ]);
    expect(view.history[0]).toMatchObject({ action: 'licenceRenewed', licenceNumber: second.licence.number });
    expect(await findDocumentLicence(stranger, { documentId: first.documentId })).toMatchObject({
      status: 'superseded',
      successor: { number: second.licence.number, documentId: second.documentId },
    });
    const found = await searchFacilities(stranger, { q: 'An Bình mới', status: 'inForce' });
    expect(found.items.map((item) => item.id)).toEqual([before.facilityId]);
    expect(await db.select().from(facilities)).toHaveLength(1);
    expect(await db.select().from(facilityLicences)).toHaveLength(2);
  });

  test('leaves what the register knows beside the certificate as it was', async ({ db }) => {
    const authority = await insertAuthority(db);
    const staff = [{ name: 'Hồ Ánh', certificate: '3/CCHN', scope: 'Bán lẻ thuốc' }];
    const first = certificate(authority.id, { ...ending, services: ['vaccination'], insurance: ['social'], staff });
    const before = await registerFacility(systemContext(db), first);
    const second = certificate(authority.id, {
      renews: before.licenceId,
      staff: [{ name: 'Lê Thị Hường', certificate: '1/CCHN' }],
    });
    await registerFacility(systemContext(db), second);
    const stranger = newContext(db, anonymous, () => noon);
    expect(await getFacility(stranger, { id: before.facilityId })).toMatchObject({
      services: ['vaccination'],
      insurance: ['social'],
      staff: [{ name: 'Lê Thị Hường', certificate: '1/CCHN' }, ...staff],
    });
  });

  test('can no longer be suspended or revoked; its successor can', async ({ db }) => {
    const authority = await insertAuthority(db);
    const before = await registerFacility(systemContext(db), certificate(authority.id, ending));
    const after = await registerFacility(systemContext(db), certificate(authority.id, { renews: before.licenceId }));
    const leader = newContext(db, official('leader', authority.id), () => noon);
    const decision = { decisionNumber: '7/QĐ-SYT', reason: 'Vi phạm' };
    await expect(
      revokeLicence(leader, { licenceId: before.licenceId, ...decision, confirmed: true }),
    ).rejects.toMatchObject({
      reason: 'facilities.errors.revoke.superseded',
    });
    await revokeLicence(leader, { licenceId: after.licenceId, ...decision, confirmed: true });
    const [row] = await db.select().from(facilityLicences).where(eq(facilityLicences.id, after.licenceId));
    expect(await findDocumentLicence(leader, { documentId: row!.documentId! })).toMatchObject({
      status: 'revoked',
      decision: { number: '7/QĐ-SYT', on: '2026-11-23', documentId: null },
    });
  });
});

describe('the holder of a licence', () => {
  test('is reminded once for each term before its last day, and finds it with the way to renew it', async ({ db }) => {
    const authority = await insertAuthority(db);
    const business = await insertOrganisation(db, { kind: 'business', name: 'Công ty A', taxCode: '0101234567' });
    const userId = await insertUser(db);
    await insertMembership(db, userId, business);
    await registerFacility(systemContext(db), certificate(authority.id, { ...ending, organisationId: business }));
    await registerFacility(systemContext(db), certificate(authority.id, { organisationId: business }));
    for (const day of [
      '2026-09-01',
      '2026-09-21',
      '2026-09-22',
      '2026-11-30',
      '2026-12-14',
      '2026-12-20',
      '2026-12-21',
    ])
      await remindHolders(systemContext(db, at(day)));
    const told = await db.select().from(notifications).where(eq(notifications.userId, userId));
    expect(told.map((row) => row.kind)).toEqual(['licence-expiring', 'licence-expiring', 'licence-expiring']);
    const actor = { ...official('officer', authority.id), official: false, grants: [], memberships: [business] };
    const own = await listOwnLicences(
      newContext(db, actor, () => noon),
      {},
    );
    expect(own.map(({ validTo, hindrance }) => `${validTo} ${hindrance}`)).toEqual([
      '2026-12-20 null',
      'null unlimited',
    ]);
    expect(
      await listOwnLicences(
        newContext(db, { ...actor, memberships: [newId()] }, () => noon),
        {},
      ),
    ).toEqual([]);
    await expect(
      listOwnLicences(
        newContext(db, anonymous, () => noon),
        {},
      ),
    ).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('when a licence may be renewed', () => {
  const licence = {
    validFrom: '2024-01-01',
    validTo: '2026-12-20',
    suspendedAt: null,
    suspendedUntil: null,
    revokedAt: null,
    supersededAt: null,
  };
  plain.each([
    ['a month before its last day', {}, '2026-11-23', null],
    ['on its last day', {}, '2026-12-20', null],
    ['after it', {}, '2027-02-01', null],
    ['half a year and a day before', {}, '2026-06-22', 'tooEarly'],
    ['without an end', { validTo: null }, '2026-11-23', 'unlimited'],
    ['suspended', { suspendedAt: noon }, '2026-11-23', 'suspended'],
    ['revoked', { revokedAt: noon }, '2026-11-23', 'revoked'],
    ['replaced', { supersededAt: noon }, '2026-11-23', 'superseded'],
  ] as const)('%s', (_, more, today, hindrance) => {
    expect(renewalHindrance({ ...licence, ...more }, today)).toBe(hindrance);
  });

  plain.each([
    ['2026-09-20', null],
    ['2026-09-21', 90],
    ['2026-11-20', 30],
    ['2026-12-13', 7],
    ['2026-12-20', 7],
    ['2026-12-21', null],
  ])('reminds on %s of the term of %s days', (today, days) => {
    expect(reminderDue('2026-12-20', today)).toBe(days);
  });
});
