import { VectorTile } from '@mapbox/vector-tile';
import { sql } from 'drizzle-orm';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { searchFacilities } from '#server/facilities/index.ts';
import { distanceKm } from '#server/facilities/rules.ts';
import { insertAuthority, insertFacility, noon, standingAt } from '#server/facilities/testing.ts';
import { anonymous, newContext } from '#server/platform/index.ts';
import { type Drawn, pointsOf } from './testing/read-tile.ts';
import { tileResponse } from './tile-response.ts';

/** A commit is what moves the map, so this database is its own. */
let own: OwnDatabase;
let db: Database;
let authority: string;
const bachMai = { latitude: 21.001, longitude: 105.84 };
const count = 60;

beforeAll(async () => {
  own = await ownDatabase();
  db = own.db;
  authority = (await insertAuthority(db)).id;
  for (let n = 0; n < count; n += 1) {
    const place = { latitude: 9 + ((n * 7) % 140) / 10, longitude: 103 + ((n * 11) % 60) / 10 };
    await insertFacility(db, authority, {
      name: `Cơ sở ${n}`,
      kind: n % 3 === 0 ? 'pharmacy' : 'clinic',
      ...standingAt(place),
    });
  }
  await insertFacility(db, authority, { name: 'Bệnh viện Bạch Mai', kind: 'hospital', ...bachMai });
  await insertFacility(db, authority, { name: 'Không có toạ độ' });
});
afterAll(() => own.close());

const ask = (path: string, headers: Record<string, string> = {}, at = noon) => {
  const [layer = '', z = '', x = '', y = ''] = path.split('?')[0]!.split('/');
  const request = new Request(`http://localhost/api/tiles/${path}`, { headers });
  return tileResponse(
    newContext(db, anonymous, () => at),
    request,
    { layer, z, x, y },
  );
};
const drawn = async (path: string): Promise<Drawn[]> => {
  const response = await ask(path);
  return pointsOf(new Uint8Array(await response.arrayBuffer()), 'facilities', path);
};
const sum = (points: Drawn[]) => points.reduce((total, { tags }) => total + (Number(tags.count) || 1), 0);

/** The tiles of a zoom that hold the country. */
function tilesOf(z: number): string[] {
  const across = 2 ** z;
  const column = (lng: number) => Math.floor((lng / 360 + 0.5) * across);
  const row = (lat: number) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    return Math.floor((0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI) * across);
  };
  const tiles: string[] = [];
  for (let x = column(102); x <= column(118); x += 1)
    for (let y = row(24); y <= row(6); y += 1) tiles.push(`facilities/${z}/${x}/${y}.mvt`);
  return tiles;
}

test('the counts of the whole country sum to the public facilities, at every zoom and with filters', async () => {
  for (const z of [0, 3, 5, 6, 7]) {
    let total = 0;
    let open = 0;
    let clinics = 0;
    for (const path of tilesOf(z)) {
      total += sum(await drawn(path));
      open += sum(await drawn(`${path}?ownership=private`));
      clinics += sum(await drawn(`${path}?kind=clinic&q=co so`));
    }
    expect({ z, total, open, clinics }).toEqual({ z, total: count + 1, open: 0, clinics: 40 });
  }
});

test('a pin lies in its tile within 30 m of its coordinates at zoom 14, with and without filters', async () => {
  const across = 2 ** 14;
  const x = Math.floor((bachMai.longitude / 360 + 0.5) * across);
  const sin = Math.sin((bachMai.latitude * Math.PI) / 180);
  const y = Math.floor((0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI) * across);
  for (const query of ['', '?q=bach%20mai']) {
    const points = await drawn(`facilities/14/${x}/${y}.mvt${query}`);
    expect(points).toHaveLength(1);
    expect(points[0]!.tags).toMatchObject({ name: 'Bệnh viện Bạch Mai', kind: 'hospital' });
    expect(distanceKm(points[0]!, bachMai) * 1000).toBeLessThan(30);
  }
});

test('an unchanged tile answers 304, a moved, renamed or closed facility changes its tile and no other', async () => {
  const hanoi = 'facilities/6/50/28.mvt';
  const south = 'facilities/6/50/30.mvt';
  const etag = async (path: string) => (await ask(path)).headers.get('etag')!;
  const before = { hanoi: await etag(hanoi), south: await etag(south) };
  const same = await ask(hanoi, { 'if-none-match': before.hanoi });
  expect([same.status, await same.text()]).toEqual([304, '']);

  const [row] = await db.update(facilities).set({ latitude: 20.9 }).where(sql`name = 'Bệnh viện Bạch Mai'`).returning();
  const moved = await ask(hanoi, { 'if-none-match': before.hanoi });
  expect(moved.status).toBe(200);
  expect((await ask(south, { 'if-none-match': before.south })).status).toBe(304);

  const total = sum(await drawn(hanoi));
  await db.update(facilities).set({ closedOn: '2026-11-23' }).where(sql`id = ${row!.id}`);
  expect(sum(await drawn(hanoi))).toBe(total - 1);
  const list = await searchFacilities(
    newContext(db, anonymous, () => noon),
    { q: 'bach mai' },
  );
  expect(list.total).toBe(0);
  await db.update(facilities).set({ latitude: bachMai.latitude, closedOn: null }).where(sql`id = ${row!.id}`);
  expect(await etag(hanoi)).toBe(before.hanoi);
});

test('a change that is not committed is not shown, nor is one that is rolled back', async () => {
  const path = 'facilities/5/25/14.mvt';
  const before = (await ask(path)).headers.get('etag');
  await db
    .transaction(async (tx) => {
      await tx.update(facilities).set({ latitude: 10 });
      expect((await ask(path)).headers.get('etag')).toBe(before);
      throw new Error('undone');
    })
    .catch(() => {});
  expect((await ask(path)).headers.get('etag')).toBe(before);
});

test('Hoàng Sa and Trường Sa are in the tiles of the provinces at zoom 5, with their provinces of Viet Nam', async () => {
  const islands = async (path: string) => {
    const bytes = new Uint8Array(await (await ask(path)).arrayBuffer());
    return pointsOf(bytes, 'islands', path).map(({ tags }) => tags.code);
  };
  expect(await islands('provinces/5/25/14.mvt')).toEqual(['hoang-sa']);
  expect(await islands('provinces/5/26/15.mvt')).toEqual(['truong-sa']);
  const land = new VectorTile(new PbfReader(new Uint8Array(await (await ask('provinces/4/12/7.mvt')).arrayBuffer())))
    .layers.provinces!;
  expect(land.length).toBeGreaterThan(10);
});

test('what is no layer, no square or no filter is refused by name', async () => {
  const refused = (path: string) => ask(path).catch((error: { code: string; details: unknown }) => error);
  expect(await refused('rivers/0/0/0.mvt')).toMatchObject({ code: 'notFound' });
  for (const path of ['facilities/0/1/0.mvt', 'facilities/15/0/0.mvt', 'facilities/x/0/0.mvt', 'facilities/1/0/0'])
    expect(await refused(path), path).toMatchObject({ code: 'invalidInput' });
  expect(await refused('facilities/0/0/0.mvt?near=21,105')).toMatchObject({
    code: 'invalidInput',
    details: { fields: [{ path: 'near', reason: 'errors.field.unknown' }] },
  });
});
