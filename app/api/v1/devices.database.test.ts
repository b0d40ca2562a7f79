import { beforeAll, describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { noticesRegister } from '#server/devices/index.ts';
import { device, enterDevices, gtins } from '#server/devices/testing.ts';
import { listDevices, oneDevice } from '#server/exchange/api/devices.ts';
import { violations } from '#server/exchange/testing.ts';
import { insertMinistry } from '#server/identity/testing.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { recordVersions } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';

beforeAll(wire);

const ask = (db: Database, search: string, headers: Record<string, string> = {}) =>
  answer(db, new Request(`http://motcua.test/api/v1/devices${search}`, { headers }), {}, listDevices);

async function enter(db: Database): Promise<void> {
  await insertMinistry(db);
  await enterDevices(db, device({ udiDis: [gtins[0]!], emdn: 'Z110401' }));
  const content = {
    number: 'CB-01',
    title: 'Pin nóng',
    kind: 'recall',
    text: 'Ngừng dùng',
    issuedOn: '2026-11-01',
    models: [{ device: gtins[0]!, lots: 'A12' }],
  };
  const version = { isNew: true, action: 'registered', content, validFrom: '2026-11-01' };
  await transaction(newContext(db, systemActor('test'), now), (ctx) => recordVersions(ctx, noticesRegister, [version]));
}

describe('GET /api/v1/devices', () => {
  test('answers in the shape it documents, 304 when nothing changed', async ({ db }) => {
    await enter(db);
    const search = `?q=${gtins[0]}&class=C&status=inForce&emdn=Z11`;
    const response = await ask(db, search);
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({
      page: 1,
      total: 1,
      items: [{ udiDis: ['04006381333931'], class: 'C', notices: [{ number: 'CB-01', lots: ['A12'] }] }],
    });
    expect(violations('DeviceList', body)).toEqual([]);
    const etag = response.headers.get('etag')!;
    expect((await ask(db, search, { 'if-none-match': etag })).status).toBe(304);
    expect(await (await ask(db, '?emdn=A')).json()).toMatchObject({ total: 0 });
  });

  test('of one model is what the list says of it; another address is none', async ({ db }) => {
    await enter(db);
    const [item] = (await (await ask(db, '')).json()).items;
    const one = (id: string) => answer(db, new Request(`http://motcua.test/api/v1/devices/${id}`), { id }, oneDevice);
    expect(await (await one(item.id)).json()).toEqual(item);
    for (const id of ['x', '00000000-0000-7000-8000-000000000000']) expect((await one(id)).status).toBe(404);
  });

  test.for([
    ['colour=red', 'colour', 'errors.field.unknown'],
    ['class=E', 'class', 'errors.field.choice'],
    ['q=a&q=b', 'q', 'exchange.errors.once'],
    ['emdn=1', 'emdn', 'devices.errors.emdn'],
  ])('refuses ?%s with a problem document that names the field', async ([search, path, reason], { db }) => {
    const response = await ask(db, `?${search}`);
    expect(response.status).toBe(422);
    const body = (await response.json()) as { fields: { path: string; reason: string }[] };
    expect(body.fields).toContainEqual(expect.objectContaining({ path, reason }));
  });
});
