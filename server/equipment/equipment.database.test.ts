import { desc, sql } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { equipmentStatuses } from '#db/schema/equipment.ts';
import { facilities } from '#db/schema/facilities.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { noticesRegister } from '#server/devices/index.ts';
import { device, enterDevices, gtins } from '#server/devices/testing.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import {
  anonymousContext,
  contextOf,
  insertGrant,
  insertMembership,
  insertMinistry,
  insertOrganisation,
  insertUser,
} from '#server/identity/testing.ts';
import { newContext, type Role, systemActor, transaction } from '#server/platform/index.ts';
import { recordVersions } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import {
  facilityEquipment,
  getUnit,
  listUnits,
  noticeHolders,
  planChecks,
  recordCheck,
  recordStatus,
  registerUnit,
  workingByPlace,
} from './index.ts';

beforeAll(wire);
const now = () => new Date('2026-11-23T09:00:00+07:00');

/** A facility of a business of Hà Nội, a device, and everybody who has to do with them. */
async function world(db: Database) {
  await insertPlaces(db);
  await insertMinistry(db);
  const authority = await insertAuthority(db);
  const business = await insertOrganisation(db, { kind: 'business', name: 'Công ty Máy', taxCode: '0101234567' });
  const { facilityId } = await insertFacility(db, authority.id, { organisationId: business });
  const [deviceId, otherDevice] = await enterDevices(
    db,
    device({ udiDis: [gtins[0]!] }),
    device({ model: 'X2', circulationNumber: '2301046ĐKLH/BYT-HTTB' }),
  );
  const person = async (organisationId: string) => {
    const userId = await insertUser(db);
    await insertMembership(db, userId, organisationId);
    return contextOf(db, userId, false, now);
  };
  const appoint = async (role: Role, organisationId: string) => {
    const userId = await insertUser(db, { official: true });
    await insertGrant(db, userId, role, organisationId);
    return contextOf(db, userId, true, now);
  };
  const rivals = await insertOrganisation(db, { kind: 'business', name: 'Công ty Khác', taxCode: '0101234568' });
  return {
    authority,
    facilityId,
    deviceId: deviceId!,
    otherDevice: otherDevice!,
    owner: await person(business),
    rival: await person(rivals),
    registrar: await appoint('registrar', authority.id),
    inspector: await appoint('inspector', authority.id),
    elsewhere: await appoint('registrar', (await insertAuthority(db, { provinceCode: '79', placeCode: 'HCM' })).id),
    stranger: anonymousContext(db, now),
  };
}
type World = Awaited<ReturnType<typeof world>>;

const udi = (serial: string, lot = 'L7') => `(01)04006381333931(17)280131(10)${lot}(21)${serial}`;
const enter = ({ owner, facilityId }: World, serial = 'SN1', over: object = {}) =>
  registerUnit(owner, { facilityId, udi: udi(serial), installedOn: '2026-01-15', ...over });

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('entering a machine', () => {
  test('by the code on its label says model, serial number, lot and expiry, and keeps the code', async ({ db }) => {
    const at = await world(db);
    const { unitId } = await enter(at);
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.register', outcome: 'done', subjectId: unitId });
    expect(await getUnit(at.owner, { unitId })).toMatchObject({
      device: { id: at.deviceId },
      serial: 'SN1',
      lot: 'L7',
      udi: udi('SN1'),
      expiresOn: '2028-01-31',
      status: 'working',
      since: '2026-01-15',
      mayRecord: true,
    });
    const byNumber = { udi: null, device: '2301046 ĐKLH/BYT-HTTB', serial: 'B-9' };
    const other = await registerUnit(at.registrar, {
      facilityId: at.facilityId,
      installedOn: '2026-02-01',
      ...byNumber,
    });
    expect((await getUnit(at.registrar, { unitId: other.unitId })).device.id).toBe(at.otherDevice);
  });

  test('is refused to others, with a row of the refusal', async ({ db }) => {
    const at = await world(db);
    const attempt = { facilityId: at.facilityId, udi: udi('SN1'), installedOn: '2026-01-15' };
    for (const who of [at.rival, at.inspector, at.elsewhere]) {
      await expect(registerUnit(who, attempt)).rejects.toMatchObject({ reason: 'equipment.errors.keepersOnly' });
      expect(await lastAudit(db)).toMatchObject({ action: 'equipment.register', outcome: 'refused' });
    }
    await expect(registerUnit(at.stranger, attempt)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('names what is wrong, and takes no serial number twice', async ({ db }) => {
    const at = await world(db);
    const fieldOf = (over: object) =>
      enter(at, 'SN1', over).then(
        () => null,
        (error: { details: { fields: { path: string; reason: string }[] } }) =>
          error.details.fields.map(({ path, reason }) => `${path} ${reason}`).join(),
      );
    expect(await fieldOf({ udi: '(01)04006381333932(21)1' })).toBe('udi devices.errors.udi.checkDigit');
    expect(await fieldOf({ udi: '(01)00000096385074(21)1' })).toBe('udi equipment.errors.noSuchDevice');
    expect(await fieldOf({ udi: null })).toBe('device equipment.errors.deviceMissing');
    expect(await fieldOf({ udi: '(01)04006381333931' })).toBe('serial equipment.errors.serialMissing');
    expect(await fieldOf({ installedOn: '2026-11-24' })).toBe('installedOn equipment.errors.future');
    await enter(at);
    await expect(enter(at)).rejects.toMatchObject({ code: 'conflict', reason: 'equipment.errors.serialTaken' });
  });
});

describe('the status log', () => {
  test('is only added to: what holds follows from the days, and decommissioned is the end', async ({ db }) => {
    const at = await world(db);
    const { unitId } = await enter(at);
    await recordStatus(at.registrar, { unitId, status: 'needs-repair', since: '2026-11-20', note: 'Hỏng đầu dò' });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.status', outcome: 'done', subjectId: unitId });
    await recordStatus(at.owner, { unitId, status: 'unserviceable', since: '2026-06-01' });
    const shown = await getUnit(at.inspector, { unitId });
    expect(shown).toMatchObject({ status: 'needs-repair', since: '2026-11-20', mayRecord: false });
    expect(shown.log.map(({ status }) => status)).toEqual(['unserviceable', 'needs-repair', 'working']);
    await expect(recordStatus(at.owner, { unitId, status: 'working', since: '2026-11-24' })).rejects.toMatchObject({
      details: { fields: [{ path: 'since', reason: 'equipment.errors.future' }] },
    });
    await expect(recordStatus(at.owner, { unitId, status: 'working', since: '2026-01-14' })).rejects.toMatchObject({
      details: { fields: [{ path: 'since', reason: 'equipment.errors.beforeInstalled' }] },
    });
    await recordStatus(at.owner, { unitId, status: 'decommissioned', since: '2026-11-23' });
    await expect(recordStatus(at.owner, { unitId, status: 'working', since: '2026-11-23' })).rejects.toMatchObject({
      reason: 'equipment.errors.decommissioned',
    });
    expect((await listUnits(at.owner, {})).total).toBe(0);
    expect((await listUnits(at.owner, { status: 'decommissioned' })).total).toBe(1);
  });

  test('can be edited by nobody, neither here nor in the database', async ({ db }) => {
    const at = await world(db);
    await enter(at);
    // a transaction of its own, so that the refusal ends no other
    for (const statement of [
      sql`update equipment_statuses set status = 'unserviceable'`,
      sql`delete from equipment_statuses`,
      sql`update equipment_checks set passed = true`,
    ])
      await expect(db.transaction((tx) => tx.execute(statement))).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/append-only|permission denied/) },
      });
    expect(await db.select().from(equipmentStatuses)).toHaveLength(1);
  });

  test('is recorded by keepers alone and hidden from others', async ({ db }) => {
    const at = await world(db);
    const { unitId } = await enter(at);
    const said = { unitId, status: 'working' as const, since: '2026-11-23' };
    await expect(recordStatus(at.inspector, said)).rejects.toMatchObject({ reason: 'equipment.errors.keepersOnly' });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.status', outcome: 'refused' });
    for (const who of [at.rival, at.elsewhere]) {
      await expect(recordStatus(who, said)).rejects.toMatchObject({ code: 'notFound' });
      await expect(getUnit(who, { unitId })).rejects.toMatchObject({ code: 'notFound' });
      expect((await listUnits(who, {})).total).toBe(0);
    }
    for (const who of [at.owner, at.inspector, at.registrar]) expect((await listUnits(who, {})).total).toBe(1);
    await expect(listUnits(at.stranger, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('calibration and inspection', () => {
  test('are due months after the last that was passed, and overdue without anything having run', async ({ db }) => {
    const at = await world(db);
    const { unitId } = await enter(at);
    expect((await getUnit(at.owner, { unitId })).calibration).toMatchObject({ months: null, state: null });
    await planChecks(at.owner, { unitId, calibrationMonths: 6, inspectionMonths: 12 });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.plan', outcome: 'done' });
    expect(await getUnit(at.owner, { unitId })).toMatchObject({
      calibration: { dueOn: '2026-07-15', state: 'overdue' },
      inspection: { dueOn: '2027-01-15', state: 'later' },
    });
    expect((await listUnits(at.inspector, { overdue: true })).total).toBe(1);
    const check = { unitId, kind: 'calibration' as const, doneBy: 'Trung tâm Kiểm chuẩn', certificate: 'KC-1' };
    await recordCheck(at.owner, { ...check, doneOn: '2026-11-01', passed: false });
    expect((await getUnit(at.owner, { unitId })).calibration.state).toBe('overdue');
    await recordCheck(at.owner, { ...check, doneOn: '2026-11-10', passed: true });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.check', outcome: 'done', subjectId: unitId });
    expect(await getUnit(at.owner, { unitId })).toMatchObject({
      calibration: { lastOn: '2026-11-10', dueOn: '2027-05-10', state: 'later' },
      checks: [{ passed: true }, { passed: false, certificate: 'KC-1' }],
    });
    expect((await listUnits(at.inspector, { overdue: true })).total).toBe(0);
  });

  test('are refused to others, with a row of the refusal', async ({ db }) => {
    const at = await world(db);
    const { unitId } = await enter(at);
    const check = { unitId, kind: 'inspection' as const, doneOn: '2026-11-10', passed: true, doneBy: 'Ai đó' };
    await expect(recordCheck(at.inspector, check)).rejects.toMatchObject({ reason: 'equipment.errors.keepersOnly' });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.check', outcome: 'refused' });
    const plan = { unitId, calibrationMonths: 6, inspectionMonths: null };
    await expect(planChecks(at.rival, plan)).rejects.toMatchObject({ code: 'notFound' });
    await expect(planChecks(at.inspector, plan)).rejects.toMatchObject({ reason: 'equipment.errors.keepersOnly' });
    expect(await lastAudit(db)).toMatchObject({ action: 'equipment.plan', outcome: 'refused' });
  });
});

describe('what everybody may know', () => {
  test('is which models work at a facility, and how many machines work in a place on a day', async ({ db }) => {
    const at = await world(db);
    await enter(at, 'SN1');
    const second = await enter(at, 'SN2');
    await enter(at, 'SN3', { installedOn: '2026-11-01' });
    await recordStatus(at.owner, { unitId: second.unitId, status: 'unserviceable', since: '2026-10-01' });
    const { facilityId: third } = await insertFacility(db, at.authority.id);
    await registerUnit(at.registrar, { facilityId: third, udi: udi('Z1'), installedOn: '2026-03-01' });
    expect(await facilityEquipment(at.stranger, { facilityId: at.facilityId })).toMatchObject([
      { deviceId: at.deviceId, count: 2 },
    ]);
    // by hand: SN1, SN2 from January, Z1 from March, SN2 not from October, SN3 from November
    const workingOn = async (on: string) => (await workingByPlace(at.stranger, { on })).get('01') ?? 0;
    expect(await workingOn('2026-01-14')).toBe(0);
    expect(await workingOn('2026-02-01')).toBe(2);
    expect(await workingOn('2026-09-30')).toBe(3);
    expect(await workingOn('2026-10-01')).toBe(2);
    expect(await workingOn('2026-11-23')).toBe(3);
    expect(await workingByPlace(at.stranger, { on: '2026-11-23', provinceCode: '01' })).toEqual(
      new Map([['00229', 3]]),
    );
    await db.update(facilities).set({ closedOn: '2026-11-20' }).where(sql`id = ${third}`);
    expect(await workingOn('2026-11-23')).toBe(2);
    expect(await workingOn('2026-11-19')).toBe(3);
  });

  test('is every facility that holds machines of a lot that a notice names', async ({ db }) => {
    const at = await world(db);
    await enter(at, 'SN1', { udi: udi('SN1', 'a12') });
    await enter(at, 'SN2', { udi: udi('SN2', 'C3') });
    const { facilityId: second } = await insertFacility(db, at.authority.id);
    await registerUnit(at.registrar, { facilityId: second, udi: udi('Z1', 'A12'), installedOn: '2026-03-01' });
    const given = await registerUnit(at.registrar, {
      facilityId: second,
      udi: udi('Z2', 'A12'),
      installedOn: '2026-03-01',
    });
    await recordStatus(at.registrar, { unitId: given.unitId, status: 'decommissioned', since: '2026-11-01' });
    const noticeFor = async (number: string, lots: string) => {
      const models = [{ device: gtins[0]!, ...(lots ? { lots } : {}) }];
      const said = { title: 'Thử', kind: 'recall', text: 'Ngừng dùng', issuedOn: '2026-11-20' };
      const version = {
        isNew: true,
        action: 'registered',
        content: { number, models, ...said },
        validFrom: '2026-11-20',
      };
      const ctx = newContext(db, systemActor('test'), now);
      const [noticeId] = await transaction(ctx, (tx) => recordVersions(tx, noticesRegister, [version]));
      return noticeHolders(at.stranger, { noticeId: noticeId! });
    };
    const holders = await noticeFor('CB-1', 'A12, B7');
    expect(holders.map(({ facilityId, lot, count }) => [facilityId, lot, count])).toEqual(
      expect.arrayContaining([
        [at.facilityId, 'A12', 1],
        [second, 'A12', 1],
      ]),
    );
    expect(holders).toHaveLength(2);
    expect(await noticeFor('CB-2', '')).toHaveLength(3);
    expect(await noticeFor('CB-3', 'Z9')).toEqual([]);
  });
});
