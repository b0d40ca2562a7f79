import { desc } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import { type Context, newContext, type Role, systemActor } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { findDuplicates } from './duplicates/find-duplicates.ts';
import { decideChange, entryAsOf, keepApart, listDuplicates, lookForDuplicates, proposeChange } from './index.ts';

beforeAll(wire);
const clock = () => new Date('2026-11-23T09:00:00+07:00');
/** By a clock that goes on while it looks, as clocks do. */
const look = (db: Database, minutes = 0) => {
  let at = clock().getTime() + minutes * 60_000;
  const ticking = () => {
    at += 5;
    return new Date(at);
  };
  return findDuplicates(newContext(db, systemActor('registerDuplicate.find'), ticking), 'facilities');
};

async function appoint(db: Database, role: Role, organisationId: string): Promise<Context> {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, clock);
}

async function desk(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const place = { latitude: 21.001, longitude: 105.84, wardCode: null };
  const add = async (over: object) => (await insertFacility(db, authority.id, { ...place, ...over })).facilityId;
  const first = await add({ name: 'Nhà thuốc An Khang', addressLine: '1 Lê Lợi' });
  const near = await add({ name: 'NT AN KHANG', latitude: 21.003, addressLine: '1A Lê Lợi' });
  await add({ name: 'Nhà thuốc An Khang', latitude: 21.2, addressLine: '90 Phố Huế' });
  await add({ name: 'Phòng khám An Khang', kind: 'clinic', addressLine: '2 Lê Lợi' });
  return {
    first,
    near,
    officer: await appoint(db, 'officer', authority.id),
    head: await appoint(db, 'head', authority.id),
    elsewhere: await appoint(db, 'officer', (await insertAuthority(db, { provinceCode: '79', placeCode: 'HCM' })).id),
  };
}

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('entries that may be one', () => {
  test('are found by name and place, shown side by side with what differs, and never merged by themselves', async ({
    db,
  }) => {
    const { first, near, officer, elsewhere } = await desk(db);
    expect(await look(db)).toBe(1);
    expect(await look(db, 1)).toBe(1);
    const { items } = await listDuplicates(officer, {});
    expect(items).toHaveLength(1);
    expect(items[0]!.sides.map(({ id }) => id).sort()).toEqual([first, near].sort());
    expect(items[0]).toMatchObject({ reasons: ['sameNameNear'], request: null });
    const differing = items[0]!.fields.filter(({ differs }) => differs).map(({ name }) => name);
    expect(differing).toEqual(['name', 'addressLine', 'latitude']);
    // places are named
    const province = items[0]!.fields.find(({ name }) => name === 'provinceCode')!;
    expect(province.units.map((unit) => unit?.name)).toEqual(['Thành phố Hà Nội', 'Thành phố Hà Nội']);
    expect((await listDuplicates(elsewhere, {})).items).toEqual([]);
    expect((await entryAsOf(officer, { register: 'facilities', id: near })).closed).toBe(false);
  });

  test('are merged like every change: one person proposes, another approves, both links and histories stay', async ({
    db,
  }) => {
    const { officer, head } = await desk(db);
    await look(db);
    const { sides } = (await listDuplicates(officer, {})).items[0]!;
    const [kept, gone] = sides;
    const merge = { register: 'facilities' as const, kind: 'merge' as const, entryId: gone.id, version: gone.version };
    const { requestId, number } = await proposeChange(officer, {
      ...merge,
      mergeInto: kept.id,
      validFrom: '2026-11-23',
      reason: 'Cùng một nhà thuốc',
    });
    expect((await listDuplicates(officer, {})).items[0]?.request).toEqual({ id: requestId, number });
    await decideChange(head, { requestId, approve: true });
    expect((await listDuplicates(officer, {})).items).toEqual([]);
    expect(await look(db, 1)).toBe(0);
    expect(await entryAsOf(officer, { register: 'facilities', id: gone.id })).toMatchObject({ movedTo: kept.id });
  });

  test('that a person tells apart are remembered as different, with the reason', async ({ db }) => {
    const { officer, elsewhere } = await desk(db);
    await look(db);
    const [a, b] = (await listDuplicates(officer, {})).items[0]!.sides;
    const pair = { firstId: a.id, secondId: b.id, note: 'Hai cửa hàng cạnh nhau' };
    await expect(keepApart(elsewhere, pair)).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerDuplicate.keepApart', outcome: 'refused' });
    await keepApart(officer, pair);
    expect(await lastAudit(db)).toMatchObject({ action: 'registerDuplicate.keepApart', outcome: 'done' });
    await look(db, 1);
    expect((await listDuplicates(officer, {})).items).toEqual([]);
    await expect(keepApart(officer, pair)).rejects.toMatchObject({ code: 'invalidState' });
  });

  test('are looked for when an official asks, and not when a stranger does', async ({ db }) => {
    const { officer } = await desk(db);
    await lookForDuplicates(officer, { register: 'facilities' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerDuplicate.look', outcome: 'done' });
    await expect(lookForDuplicates(anonymousContext(db, clock), { register: 'facilities' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});
