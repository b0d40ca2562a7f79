import { describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { device, enterDevices } from '#server/devices/testing.ts';
import { downloadOpenData, listOpenData, openApi, registerEntry } from '#server/exchange/index.ts';
import { violations } from '#server/exchange/testing.ts';
import { insertAuthority, insertFacility, insertPlaces, noon } from '#server/facilities/testing.ts';
import { insertMinistry } from '#server/identity/testing.ts';
import { wire } from '#server/wiring.ts';
import { appFiles } from '../../../scripts/ops/app-files.ts';

wire();
const at = () => noon;
const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://motcua.test/api/v1/${path}`, { headers });
const download = (db: Database, file: string, headers = {}) =>
  answer(db, get(`open-data/${file}`, headers), { file }, downloadOpenData, at);

async function enter(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const over = { name: '=Nhà thuốc "An", Khang', latitude: 21.001, longitude: 105.84, email: 'kin@example.vn' };
  const first = await insertFacility(db, authority.id, over);
  await insertFacility(db, authority.id);
  return first.facilityId;
}

describe('open data', () => {
  test('name their licence, day and rows, and hold what the register shows', async ({ db }) => {
    const id = await enter(db);
    await insertMinistry(db);
    await enterDevices(db, device({ name: '=Máy thở' }));
    const list = await answer(db, get('open-data'), {}, listOpenData, at);
    const body = await list.json();
    expect(violations('OpenData', body)).toEqual([]);
    expect(body).toMatchObject({ licence: { id: 'CC-BY-4.0' }, date: '2026-11-23' });
    expect(body.datasets.map(({ file, rows }: { file: string; rows: number }) => [file, rows])).toEqual([
      ['facilities.geojson', 2],
      ['facilities.csv', 2],
      ['drugs.csv', 0],
      ['devices.csv', 1],
    ]);
    const [, line] = (await (await download(db, 'devices.csv')).text()).trim().split('\r\n');
    expect(line).toContain(",'=Máy thở,");
    const geo = await download(db, 'facilities.geojson');
    expect(geo.headers.get('link')).toContain('rel="license"');
    const collection = await geo.json();
    expect(collection).toMatchObject({ type: 'FeatureCollection', rows: 2, date: '2026-11-23' });
    const feature = collection.features.find((each: { id: string }) => each.id === id);
    expect(feature).toMatchObject({
      geometry: { type: 'Point', coordinates: [105.84, 21.001] },
      properties: { licence_status: 'inForce', ward: 'Phường Kim Liên' },
    });
    expect(JSON.stringify(collection)).not.toContain('kin@example');
  });

  test('as CSV quote what needs it, and make no formula of a name', async ({ db }) => {
    await enter(db);
    const text = await (await download(db, 'facilities.csv')).text();
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head).toMatch(/^\ufeff?id,code,kind,name,/);
    expect(lines).toHaveLength(2);
    expect(text).toContain('"\'=Nhà thuốc ""An"", Khang"');
    expect((await (await download(db, 'drugs.csv')).text()).trim().split('\r\n')).toHaveLength(1);
  });

  test('answer 304 until something is recorded, and 404 for a file there is not', async ({ db }) => {
    await enter(db);
    const first = await download(db, 'facilities.csv');
    await first.text();
    const etag = first.headers.get('etag')!;
    const again = await download(db, 'facilities.csv', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await insertFacility(db, (await insertAuthority(db)).id);
    const changed = await download(db, 'facilities.csv', { 'if-none-match': etag });
    expect([changed.status, (await changed.text()).trim().split('\r\n').length]).toEqual([200, 4]);
    expect((await download(db, 'people.csv')).status).toBe(404);
  });
});

describe('an entry at the open interface', () => {
  const ask = async (db: Database, id: string, query = '') => {
    const response = await answer(db, get(`facilities/${id}${query}`), { id }, registerEntry('facilities'), at);
    return { status: response.status, body: await response.json() };
  };

  test('is told as of any day, by what was known until any other', async ({ db }) => {
    const id = await enter(db);
    const { body } = await ask(db, id);
    expect(violations('Entry', body)).toEqual([]);
    expect(body).toMatchObject({ asOf: '2026-11-23', closed: false, fields: { provinceCode: '01' } });
    expect(body.fields.email).toBeUndefined();
    expect((await ask(db, id, '?asOf=2020-01-01')).body.fields).toBeNull();
    expect((await ask(db, id, '?asOf=2026-11-23&knownAt=2026-11-01')).body.fields).toBeNull();
  });

  test('is refused with what is unknown, repeated or no day', async ({ db }) => {
    const id = await enter(db);
    for (const query of ['?asof=2026-01-01', '?asOf=2026-02-30', '?asOf=2026-01-01&asOf=2026-01-02'])
      expect((await ask(db, id, query)).status, query).toBe(422);
    expect((await ask(db, 'nobody')).status).toBe(404);
    expect((await ask(db, '01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

test('the description of the open interface names every route of it and no other', () => {
  const { paths } = openApi('https://motcua.example.vn');
  const described = Object.keys(paths).map((path) => path.replace(/\{(\w+)\}/g, '[$1]'));
  const there = appFiles('route.ts').flatMap(({ route }) => {
    const path = /^\/api\/v1(\/.*)$/.exec(route)?.[1];
    return path && path !== '/openapi.json' && !path.includes('...') ? [path] : [];
  });
  expect(described.sort()).toEqual(there.sort());
});
