import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { facilities, placeReviews } from '#db/schema/facilities.ts';
import { auditEntries } from '#db/schema/platform.ts';
import builtInProvinces from '#db/seeds/reference/provinces.json' with { type: 'json' };
import builtInWards from '#db/seeds/reference/wards.json' with { type: 'json' };
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext, contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import type { Role } from '#server/platform/index.ts';
import { decideChange, entryAsOf } from '#server/registers/index.ts';
import { type BuiltInTerritory, boundaries, loadTerritory, territoryPack } from '#server/territory/index.ts';
import { smallPack } from '#server/territory/testing/small-pack.ts';
import { wire } from '#server/wiring.ts';
import { proposePlace } from './commands/propose-place.ts';
import { examinePlacesAgain, getFacility } from './index.ts';
import { getPlaceReview, listPlaceReviews } from './places/place-reviews.ts';
import { insertAuthority, insertFacility, noon, systemContext } from './testing.ts';

beforeAll(wire);
const pack = smallPack();
afterAll(() => pack.remove());
const at = () => noon;
const builtIn = { provinces: builtInProvinces, wards: builtInWards } as BuiltInTerritory;

async function appoint(db: Database, role: Role, organisationId: string) {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, at);
}

/** Hồ Chí Minh City with its wards of both times, its officials, and those of another province. */
async function city(db: Database) {
  await loadTerritory(db, territoryPack(pack.folder, builtIn));
  const authority = await insertAuthority(db, {
    provinceCode: '79',
    placeCode: 'HCM',
    name: 'Sở Y tế TP. Hồ Chí Minh',
  });
  const other = await insertAuthority(db);
  return {
    authority,
    officer: await appoint(db, 'officer', authority.id),
    head: await appoint(db, 'head', authority.id),
    elsewhere: await appoint(db, 'registrar', other.id),
    enter: (over: object, when = noon) =>
      insertFacility(db, authority.id, { provinceCode: '79', wardCode: null, ...over }, when),
  };
}

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;
const open = async (db: Database, id: string) =>
  (await db.select().from(placeReviews).where(eq(placeReviews.entryId, id))).filter(({ settledAt }) => !settledAt);
const in2024 = new Date('2024-05-06T09:00:00+07:00');

describe('a facility whose ward was divided', () => {
  test('waits for a person, who sees the candidates; another person approves, and it leaves the queue', async ({
    db,
  }) => {
    const { officer, head, elsewhere, enter } = await city(db);
    const { facilityId } = await enter({ wardCode: '26737' });
    expect((await getFacility(officer, { id: facilityId })).ward).toBeNull();
    const { items } = await listPlaceReviews(officer, {});
    expect(items).toMatchObject([{ id: facilityId, doubt: 'dividedWard', ward: { name: 'Phường Đa Kao' } }]);
    expect(items[0]!.choices.map(({ ward }) => ward?.name).sort()).toEqual(['Phường Sài Gòn', 'Phường Tân Định']);
    expect((await listPlaceReviews(elsewhere, {})).items).toEqual([]);

    const choice = items[0]!.choices.find(({ ward }) => ward?.code === '26734')!.key;
    const asked = { id: facilityId, version: items[0]!.version, choice, reason: 'Theo giấy phép' };
    const { requestId, number } = await proposePlace(officer, asked);
    expect(await lastAudit(db)).toMatchObject({
      action: 'facility.proposePlace',
      outcome: 'done',
      subjectId: facilityId,
    });
    expect((await getPlaceReview(officer, { id: facilityId })).request).toEqual({ id: requestId, number });
    expect((await getFacility(officer, { id: facilityId })).ward).toBeNull();
    await decideChange(head, { requestId, approve: true });
    expect((await getFacility(officer, { id: facilityId })).ward).toMatchObject({ code: '26734' });
    await expect(getPlaceReview(officer, { id: facilityId })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is settled by nobody of another authority, by no stranger, and by no choice that is not offered', async ({
    db,
  }) => {
    const { officer, elsewhere, enter } = await city(db);
    const { facilityId } = await enter({ wardCode: '26737' });
    const { version, choices } = await getPlaceReview(officer, { id: facilityId });
    const asked = { id: facilityId, version, choice: choices[0]!.key, reason: 'Theo giấy phép' };
    await expect(proposePlace(elsewhere, asked)).rejects.toMatchObject({ code: 'notFound' });
    expect(await lastAudit(db)).toMatchObject({ action: 'facility.proposePlace', outcome: 'refused' });
    await expect(proposePlace(anonymousContext(db, at), asked)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(getPlaceReview(elsewhere, { id: facilityId })).rejects.toMatchObject({ code: 'notFound' });
    await expect(proposePlace(officer, { ...asked, choice: '79/26743/keep' })).rejects.toMatchObject({
      details: { fields: [{ path: 'choice' }] },
    });
    await expect(proposePlace(officer, { ...asked, version: version - 1 })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is found after the reform among those that were entered before it', async ({ db }) => {
    const { officer, enter } = await city(db);
    const divided = await enter({ wardCode: '26737' }, in2024);
    const renamed = await enter({ wardCode: '26740' }, in2024);
    expect(await open(db, divided.facilityId)).toEqual([]);
    expect(await examinePlacesAgain(systemContext(db))).toBe(2);
    expect(await open(db, divided.facilityId)).toMatchObject([{ kind: 'dividedWard' }]);
    expect(await open(db, renamed.facilityId)).toEqual([]);
    expect(await examinePlacesAgain(systemContext(db))).toBe(0);
    expect((await getFacility(officer, { id: divided.facilityId })).ward).toBeNull();
  });

  test('code 26740 is Bến Nghé for 2024 and Sài Gòn for 2026 on the page of the entry', async ({ db }) => {
    const { officer, enter } = await city(db);
    const { facilityId } = await enter({ wardCode: '26740', licence: { validFrom: '2024-05-06' } }, in2024);
    const wardOn = async (on: string) =>
      (await entryAsOf(officer, { register: 'facilities', id: facilityId, on })).fields?.find(
        ({ name }) => name === 'wardCode',
      )?.unit?.name;
    expect(await wardOn('2024-11-23')).toBe('Phường Bến Nghé');
    expect(await wardOn('2026-11-23')).toBe('Phường Sài Gòn');
    expect((await getFacility(officer, { id: facilityId })).ward?.name).toBe('Phường Sài Gòn');
  });
});

describe('a facility whose coordinates lie elsewhere', () => {
  const inHanoi = { latitude: 21.0285, longitude: 105.8542 };

  test('is registered, but its coordinates are held back until a person decided', async ({ db }) => {
    const { officer, head, enter } = await city(db);
    const { facilityId } = await enter({ wardCode: '26740', ...inHanoi });
    expect(await getFacility(officer, { id: facilityId })).toMatchObject({ latitude: null, longitude: null });
    const review = await getPlaceReview(officer, { id: facilityId });
    expect(review).toMatchObject({ doubt: 'otherProvince', ...inHanoi });
    expect(review.choices.map(({ province, keepsPoint }) => [province.code, keepsPoint])).toEqual([
      ['01', true],
      ['79', false],
    ]);
    const asked = {
      id: facilityId,
      version: review.version,
      choice: review.choices[1]!.key,
      reason: 'Tọa độ nhập sai',
    };
    const { requestId } = await proposePlace(officer, asked);
    await decideChange(head, { requestId, approve: true });
    expect(await open(db, facilityId)).toEqual([]);
    const [row] = await db.select().from(facilities).where(eq(facilities.id, facilityId));
    expect(row).toMatchObject({ wardCode: '26740', latitude: null });
  });

  test.runIf(boundaries().wards('fine'))(
    'point 21.0010, 105.8400 gets ward Kim Liên by polygon, although the name suggests Bạch Mai',
    async ({ db }) => {
      const { authority } = await city(db);
      const name = 'Bệnh viện Bạch Mai';
      const where = { latitude: 21.001, longitude: 105.84, provinceCode: '01' };
      const bare = await insertFacility(db, authority.id, { name, wardCode: null, ...where });
      const view = await getFacility(systemContext(db), { id: bare.facilityId });
      expect(view).toMatchObject({ ward: { code: '00229' }, latitude: 21.001 });
      const named = await insertFacility(db, authority.id, { name, wardCode: '00292', ...where });
      const [review] = await open(db, named.facilityId);
      expect(review).toMatchObject({ kind: 'otherWard', proposed: { wardCode: '00229', keepsPoint: true } });
    },
  );
});
