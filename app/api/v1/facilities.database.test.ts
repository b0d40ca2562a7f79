import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { registerEntries } from '#db/schema/registers.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { listFacilities, oneFacility } from '#server/exchange/api/facilities.ts';
import { violations } from '#server/exchange/testing.ts';
import { insertAuthority, insertFacility, insertPlaces, standingAt } from '#server/facilities/testing.ts';

const ask = (db: Database, search: string, headers: Record<string, string> = {}) =>
  answer(db, new Request(`http://motcua.test/api/v1/facilities${search}`, { headers }), {}, listFacilities);

const always = Object.fromEntries(
  ['1', '2', '3', '4', '5', '6', '7'].map((d) => [d, [{ from: '00:00', to: '24:00' }]]),
);

async function register(db: Database): Promise<void> {
  const authority = await insertAuthority(db);
  await insertPlaces(db);
  const near = { latitude: 21.001, longitude: 105.84 };
  await insertFacility(db, authority.id, {
    name: 'Nhà thuốc Bạch Mai',
    ...near,
    openingHours: always,
    scope: ['vaccines'],
  });
  await insertFacility(db, authority.id, {
    name: 'Nhà thuốc Hoàn Kiếm',
    ...standingAt({ latitude: 21.03, longitude: 105.852 }),
  });
  await insertFacility(db, authority.id, {
    name: 'Nhà thuốc Bến Thành',
    latitude: 10.772,
    longitude: 106.698,
    provinceCode: '79',
    wardCode: null,
  });
}

interface Body {
  items: { name: string; distanceKm?: number; openNow: boolean | null }[];
  total: number;
}
const names = async (response: Response) => ((await response.json()) as Body).items.map((item) => item.name);

describe('GET /api/v1/facilities', () => {
  test('answers in the shape it documents', async ({ db }) => {
    await register(db);
    const response = await ask(db, '?q=bach+mai&near=21.0,105.84');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const body = await response.json();
    expect(body).toMatchObject({
      page: 1,
      pageSize: 20,
      total: 1,
      items: [{ name: 'Nhà thuốc Bạch Mai', distanceKm: 0.111, openNow: true }],
    });
    expect(violations('FacilityList', body)).toEqual([]);
  });

  test('of one facility is what the list says of it; another address is none', async ({ db }) => {
    await register(db);
    const [item] = (await (await ask(db, '?q=bach+mai')).json()).items;
    const one = (id: string, query = '') =>
      answer(db, new Request(`http://motcua.test/api/v1/facilities/${id}${query}`), { id }, oneFacility);
    expect(await (await one(item.id)).json()).toEqual(item);
    expect((await one(item.id, '?colour=red')).status).toBe(422);
    for (const id of ['x', '00000000-0000-7000-8000-000000000000']) expect((await one(id)).status).toBe(404);
    const { items } = await (await ask(db, '?q=hoan+kiem')).json();
    const merged = { mergedInto: item.id };
    await db.update(registerEntries).set(merged).where(eq(registerEntries.id, items[0].id));
    const moved = await one(items[0].id);
    expect(moved.status).toBe(308);
    expect(moved.headers.get('location')).toMatch(new RegExp(`/api/v1/facilities/${item.id}$`));
  });

  test('orders by distance, honours the radius, the box, the service, the place and the hour', async ({ db }) => {
    await register(db);
    expect(await names(await ask(db, '?near=21.03,105.852'))).toEqual([
      'Nhà thuốc Hoàn Kiếm',
      'Nhà thuốc Bạch Mai',
      'Nhà thuốc Bến Thành',
    ]);
    expect(await names(await ask(db, '?near=21.03,105.852&radiusKm=5'))).toEqual([
      'Nhà thuốc Hoàn Kiếm',
      'Nhà thuốc Bạch Mai',
    ]);
    expect(await names(await ask(db, '?bbox=106,10,107,11'))).toEqual(['Nhà thuốc Bến Thành']);
    expect(await names(await ask(db, '?service=vaccines'))).toEqual(['Nhà thuốc Bạch Mai']);
    expect(await names(await ask(db, '?province=79'))).toEqual(['Nhà thuốc Bến Thành']);
    expect(await names(await ask(db, '?openNow=true'))).toEqual(['Nhà thuốc Bạch Mai']);
    expect(await names(await ask(db, '?status=inForce&pageSize=2&page=2'))).toHaveLength(1);
  });

  test.for([
    ['colour=red', 'colour', 'errors.field.unknown'],
    ['near=21', 'near', 'exchange.errors.degrees'],
    ['near=abc,def', 'near', 'exchange.errors.degrees'],
    ['near=91,105', 'near', 'facilities.errors.outsideVietnam'],
    ['radiusKm=5', 'radiusKm', 'exchange.errors.radiusNeedsNear'],
    ['near=21,105&radiusKm=0', 'radiusKm', 'errors.field.tooSmall.number'],
    ['bbox=1,2,3', 'bbox', 'exchange.errors.degrees'],
    ['page=0', 'page', 'errors.field.tooSmall.number'],
    ['page=-1', 'page', 'errors.field.format'],
    ['pageSize=101', 'pageSize', 'errors.field.tooBig.number'],
    ['openNow=maybe', 'openNow', 'errors.field.choice'],
    ['kind=castle', 'kind', 'errors.field.choice'],
    ['province=Hanoi', 'province', 'errors.field.format'],
    ['q=a&q=b', 'q', 'exchange.errors.once'],
  ])('refuses ?%s with a problem document that names the field', async ([search, path, reason], { db }) => {
    const response = await ask(db, `?${search}`, { 'accept-language': 'en-GB,en' });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = (await response.json()) as { title: string; fields: { path: string; reason: string }[] };
    expect(body).toMatchObject({ status: 422, reason: 'errors.invalidInput', title: 'Information not right' });
    expect(body.fields.map(({ path, reason }) => ({ path, reason }))).toContainEqual({ path, reason });
  });

  test('answers 304 until something it shows changes', async ({ db }) => {
    await register(db);
    const etag = (await ask(db, '?q=mai')).headers.get('etag')!;
    expect((await ask(db, '?q=mai', { 'if-none-match': etag })).status).toBe(304);
    const authority = await insertAuthority(db);
    await insertFacility(db, authority.id, { name: 'Nhà thuốc Mai Động' });
    expect((await ask(db, '?q=mai', { 'if-none-match': etag })).status).toBe(200);
  });

  test('treats hostile text as text', async ({ db }) => {
    await register(db);
    for (const q of ["'; drop table facilities; --", '%', '_', '\\', '<script>', 'a'.repeat(200)]) {
      const response = await ask(db, `?q=${encodeURIComponent(q)}`);
      expect(response.status).toBe(200);
      expect(((await response.json()) as Body).total).toBe(0);
    }
  });
});
