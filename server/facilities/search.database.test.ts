import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { facilities, type OpeningHours } from '#db/schema/facilities.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { nationalCalendar } from '#server/calendar/index.ts';
import { anonymous, newContext, searchable } from '#server/platform/index.ts';
import { searchFacilities } from './index.ts';
import type { RegisterFacility, SearchFacilities } from './inputs.ts';
import { openState } from './opening-hours.ts';
import { distanceKm, licenceStatuses } from './rules.ts';
import { insertAuthority, insertFacility, insertPlaces, noon, standingAt } from './testing.ts';

type Offer = Partial<
  Pick<RegisterFacility, 'name' | 'services' | 'specialities' | 'insurance' | 'level' | 'ownership'>
>;

const find = (db: Database, input: SearchFacilities, at: Date = noon) =>
  searchFacilities(
    newContext(db, anonymous, () => at),
    input,
  );
const names = async (db: Database, input: SearchFacilities) => (await find(db, input)).items.map((item) => item.name);

/** A register of these names. */
async function register(db: Database, list: string[]): Promise<void> {
  const authority = await insertAuthority(db);
  await insertPlaces(db);
  for (const name of list) await insertFacility(db, authority.id, { name });
}

const realNames = [
  'Nhà thuốc Bạch Mai',
  'Nhà thuốc Long Châu',
  'Nhà thuốc An Khang',
  'Quầy thuốc Hoà Bình',
  'Nhà thuốc Đức Thịnh',
  'Nhà thuốc Trung Tâm Thuốc',
  'Bệnh viện Bạch Mai',
  'Nhà thuốc Pharmacity Kim Liên',
  'Nhà thuốc Ngọc Ánh',
  'Nhà thuốc Y Moan Êban',
  "Nhà thuốc K'Brôi",
];

describe('searching by name', () => {
  test('finds a name without its marks, in any case and in decomposed form', async ({ db }) => {
    await register(db, realNames);
    expect(await names(db, { q: 'benh vien bach mai' })).toEqual(['Bệnh viện Bạch Mai']);
    expect(await names(db, { q: '  ĐỨC  THỊNH '.normalize('NFD') })).toEqual(['Nhà thuốc Đức Thịnh']);
    expect(await names(db, { q: 'duc thinh' })).toEqual(['Nhà thuốc Đức Thịnh']);
    expect(await names(db, { q: 'Hòa Bình' })).toEqual(['Quầy thuốc Hoà Bình']);
    expect(await names(db, { q: "k'broi" })).toEqual(["Nhà thuốc K'Brôi"]);
    expect(await names(db, { q: 'y moan eban' })).toEqual(['Nhà thuốc Y Moan Êban']);
  });

  test('finds words in any order, and by code, licence number and ward', async ({ db }) => {
    await register(db, realNames);
    expect((await names(db, { q: 'mai bach thuoc' }))[0]).toBe('Nhà thuốc Bạch Mai');
    const [first] = (await find(db, { q: 'Bệnh viện Bạch Mai' })).items;
    expect(await names(db, { q: first!.code.toLowerCase() })).toEqual([first!.name]);
    expect((await find(db, { q: first!.licence!.number })).items.map((item) => item.id)).toContain(first!.id);
    expect((await find(db, { q: 'phuong kim lien' })).total).toBe(realNames.length);
  });

  test('puts names with the very marks typed before those without', async ({ db }) => {
    await register(db, [
      'Nhà thuốc Minh Lộc',
      'Nhà thuốc Minh Lọc',
      'Nhà thuốc Minh Loc',
      'Minh Lốc Dược',
      'Dược Lộc Minh',
    ]);
    expect((await names(db, { q: 'minh lộc' })).slice(0, 2)).toEqual(['Nhà thuốc Minh Lộc', 'Dược Lộc Minh']);
    expect((await names(db, { q: 'Minh Lọc' }))[0]).toBe('Nhà thuốc Minh Lọc');
    expect((await names(db, { q: 'minh loc' })).slice(0, 2)).toEqual(['Nhà thuốc Minh Loc', 'Minh Lốc Dược']);
    expect(await names(db, { q: 'minh loc' })).toHaveLength(5);
  });

  test('puts the very name first whichever of them is typed', async ({ db }) => {
    await register(db, realNames);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...realNames), fc.boolean(), async (name, marked) => {
        expect((await names(db, { q: marked ? name : searchable(name) }))[0]).toBe(name);
      }),
      { numRuns: 25 },
    );
  });

  test('forgives one wrong, missing or doubled letter in a word', async ({ db }) => {
    await register(db, realNames);
    const long = realNames.filter((name) => name.split(' ').length >= 4);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...long),
        fc.nat(100),
        fc.constantFrom('drop', 'double', 'wrong'),
        async (name, where, slip) => {
          const plain = searchable(name);
          const at = where % plain.length;
          const middle = { drop: '', double: plain[at]! + plain[at]!, wrong: plain[at] === 'x' ? 'y' : 'x' }[slip];
          const found = await names(db, { q: plain.slice(0, at) + middle + plain.slice(at + 1) });
          expect(found.slice(0, 3)).toContain(name);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('says so when it forgave, and finds nothing for what resembles nothing', async ({ db }) => {
    await register(db, realNames);
    expect(await find(db, { q: 'long chau' })).toMatchObject({ forgiving: false, total: 1 });
    expect(await find(db, { q: 'nha thuoc lonh chau' })).toMatchObject({ forgiving: true });
    expect(await find(db, { q: 'zzzzqqqq' })).toMatchObject({ items: [], total: 0 });
    expect(await find(db, { q: '%_%' })).toMatchObject({ items: [], total: 0 });
  });

  test('sorts by the Vietnamese alphabet', async ({ db }) => {
    await register(
      db,
      ['Ở', 'Đông', 'Êban', 'Dũng', 'Ánh', 'Ân', 'Em', 'An'].map((name) => `Nhà thuốc ${name}`),
    );
    const sorted = (await names(db, {})).map((name) => name.split(' ').at(-1));
    expect(sorted).toEqual(['An', 'Ánh', 'Ân', 'Dũng', 'Đông', 'Em', 'Êban', 'Ở']);
  });
});

describe('the list', () => {
  test('in pages holds each facility once, and its total is their number', async ({ db }) => {
    await register(
      db,
      Array.from({ length: 23 }, (_, i) => `Nhà thuốc Cùng Tên ${i % 3}`),
    );
    const seen = new Set<string>();
    for (const page of [1, 2, 3, 4]) {
      const list = await find(db, { q: 'cung ten', page, pageSize: 7 });
      expect(list.total).toBe(23);
      for (const item of list.items) seen.add(item.id);
      expect(list.items).toHaveLength(page < 4 ? 7 : 2);
    }
    expect(seen.size).toBe(23);
    expect(await find(db, { q: 'cung ten', page: 9, pageSize: 7 })).toMatchObject({ items: [], total: 23 });
  });

  test('near a point is in the order of true distance and honours the radius', async ({ db }) => {
    const authority = await insertAuthority(db);
    const point = fc.record({
      latitude: fc.double({ min: 8.5, max: 23.3, noNaN: true }),
      longitude: fc.double({ min: 102.2, max: 109.4, noNaN: true }),
    });
    const points = fc.sample(point, { numRuns: 40, seed: 7 });
    for (const [i, at] of points.entries())
      await insertFacility(db, authority.id, { name: `P${i}`, ...standingAt(at) });
    await insertFacility(db, authority.id, { name: 'Không có toạ độ' });
    await fc.assert(
      fc.asyncProperty(point, fc.double({ min: 5, max: 900, noNaN: true }), async (near, radiusKm) => {
        const list = await find(db, { near, radiusKm, pageSize: 100 });
        const within = points
          .map((at, i) => ({ name: `P${i}`, km: distanceKm(near, at) }))
          .filter(({ km }) => km <= radiusKm);
        expect(list.items.map((item) => item.name).sort()).toEqual(within.map(({ name }) => name).sort());
        // two of them may be as far as each other to the last millimetre: the distances tell the order, not the names
        const wanted = within.map(({ km }) => km).sort((a, b) => a - b);
        for (const [i, item] of list.items.entries()) {
          expect(item.distanceKm).toBeCloseTo(wanted[i]!, 6);
          expect(item.distanceKm).toBeCloseTo(within.find(({ name }) => name === item.name)!.km, 6);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('in a box holds what lies in it', async ({ db }) => {
    const authority = await insertAuthority(db);
    await insertFacility(db, authority.id, { name: 'Trong', latitude: 21.0, longitude: 105.84 });
    await insertFacility(db, authority.id, { name: 'Ngoài', latitude: 21.0, longitude: 106.84 });
    expect(await names(db, { bbox: { west: 105.5, south: 20.5, east: 106, north: 21.5 } })).toEqual(['Trong']);
  });

  test('of what is open now agrees with the hours of each, at any minute', async ({ db }) => {
    const authority = await insertAuthority(db);
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const span = fc
      .record({ from: time, to: fc.oneof(time, fc.constant('24:00')) })
      .filter(({ from, to }) => from !== to);
    const week = fc.dictionary(
      fc.constantFrom('1', '2', '3', '4', '5', '6', '7', 'holiday'),
      fc.array(span, { maxLength: 2 }),
    );
    // 24 November, a holiday, lies within the week that is asked about
    const isHoliday = (date: string) => date in nationalCalendar.holidays;
    const all = fc.sample(week, { numRuns: 30, seed: 3 }) as OpeningHours[];
    for (const [i, openingHours] of all.entries())
      await insertFacility(db, authority.id, { name: `Giờ ${i}`, openingHours });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10_079 }), async (minute) => {
        const at = new Date(noon.getTime() + minute * 60_000);
        const open = all.flatMap((hours, i) => (openState(hours, at, isHoliday).open ? [`Giờ ${i}`] : []));
        const found = await find(db, { openNow: true, pageSize: 100 }, at);
        expect(found.items.map((item) => item.name).sort()).toEqual(open.sort());
        expect((await find(db, { openNow: false, pageSize: 100 }, at)).total).toBe(all.length - open.length);
      }),
      { numRuns: 30 },
    );
  });

  test('by what a facility offers agrees with what each entry says', async ({ db }) => {
    const authority = await insertAuthority(db);
    const offers: Offer[] = [
      { name: 'A', services: ['endoscopy', 'emergency'], insurance: ['social'], level: 'basic', ownership: 'public' },
      { name: 'B', services: ['endoscopy'], specialities: ['paediatrics'], insurance: ['commercial'] },
      { name: 'C', specialities: ['paediatrics', 'ent'], level: 'primary', ownership: 'private' },
    ];
    for (const offer of offers) await insertFacility(db, authority.id, offer);
    expect(await names(db, { service: 'endoscopy' })).toEqual(['A', 'B']);
    expect(await names(db, { speciality: 'paediatrics' })).toEqual(['B', 'C']);
    expect(await names(db, { service: 'endoscopy', insurance: 'social' })).toEqual(['A']);
    expect(await names(db, { level: 'primary', ownership: 'private' })).toEqual(['C']);
    expect(await names(db, { q: 'noi soi da day' })).toEqual(['A', 'B']);
    expect(await names(db, { q: 'Tai mũi họng' })).toEqual(['C']);
  });

  test('leaves out who has closed, from the day on which they did', async ({ db }) => {
    const authority = await insertAuthority(db);
    await insertFacility(db, authority.id, { name: 'Đóng' });
    await db.update(facilities).set({ closedOn: '2026-11-23' });
    expect(await find(db, {})).toMatchObject({ total: 0 });
    expect(await find(db, {}, new Date('2026-11-22T23:59:59+07:00'))).toMatchObject({ total: 1 });
    expect((await find(db, { withClosed: true })).items[0]).toMatchObject({ name: 'Đóng', closedOn: '2026-11-23' });
  });

  test('by status agrees with the status each entry shows', async ({ db }) => {
    const authority = await insertAuthority(db);
    for (const validFrom of ['2026-01-01', '2026-11-23', '2026-11-24']) {
      for (const validTo of [null, '2026-11-22', '2026-11-23']) {
        await insertFacility(db, authority.id, { licence: { validFrom, validTo } });
      }
    }
    const all = (await find(db, { pageSize: 100 })).items;
    for (const status of licenceStatuses) {
      const wanted = all.filter((item) => item.licence?.status === status).map((item) => item.id);
      const found = (await find(db, { status, pageSize: 100 })).items.map((item) => item.id);
      expect(found.sort()).toEqual(wanted.sort());
    }
  });

  test('shows no open state for a licence that does not hold', async ({ db }) => {
    const authority = await insertAuthority(db);
    const openingHours = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
    );
    await insertFacility(db, authority.id, {
      openingHours,
      licence: { validFrom: '2020-01-01', validTo: '2026-11-22' },
    });
    expect((await find(db, { openNow: true })).total).toBe(0);
    expect((await find(db, {})).items[0]).toMatchObject({ open: null, licence: { status: 'expired' } });
  });

  test('refuses a criterion it does not know', async ({ db }) => {
    const ctx = newContext(db, anonymous, () => noon);
    const unknown = { q: 'a', colour: 'red' } as SearchFacilities;
    await expect(searchFacilities(ctx, unknown)).rejects.toMatchObject({
      details: { fields: [{ path: 'colour', reason: 'errors.field.unknown' }] },
    });
  });
});

test('a licence expires in the list at midnight in Vietnam, without anything having run', async ({ db }) => {
  const authority = await insertAuthority(db);
  await insertFacility(db, authority.id, {
    licence: { validFrom: '2026-01-01', validTo: '2026-11-30' },
  });
  expect((await find(db, {}, new Date('2026-11-30T23:59:59+07:00'))).items[0]!.licence!.status).toBe('inForce');
  expect((await find(db, {}, new Date('2026-12-01T00:00:00+07:00'))).items[0]!.licence!.status).toBe('expired');
});
