import { beforeAll, describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { drugsRegister, recordPrice } from '#server/drugs/index.ts';
import { openSupply } from '#server/drugs/testing/supply.ts';
import { listDrugs, oneDrug } from '#server/exchange/api/drugs.ts';
import { registerList } from '#server/exchange/api/entries.ts';
import { violations } from '#server/exchange/testing.ts';
import { insertMinistry } from '#server/identity/testing.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { recordVersions } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';

beforeAll(wire);

const ask = (db: Database, search: string, headers: Record<string, string> = {}) =>
  answer(
    db,
    new Request(`http://motcua.test/api/v1/drugs${search}`, { headers }),
    {},
    registerList('drugs', listDrugs),
  );

async function enter(db: Database): Promise<void> {
  await insertMinistry(db);
  const content = {
    registrationNumber: '893110123424',
    formerNumbers: ['VD-4878-14'],
    name: 'Paracetamol Thử',
    ingredients: [{ name: 'Paracetamol', strength: '500 mg' }],
    prescription: 'otc',
  };
  const version = { isNew: true, action: 'registered', content, validFrom: '2024-01-01' };
  await transaction(newContext(db, systemActor('test'), now), (ctx) => recordVersions(ctx, drugsRegister, [version]));
}

describe('GET /api/v1/drugs', () => {
  test('answers in the shape it documents, 304 when nothing changed', async ({ db }) => {
    await enter(db);
    const response = await ask(db, '?q=vd4878-14&status=inForce');
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({
      page: 1,
      total: 1,
      items: [{ registrationNumber: '893110123424', status: 'inForce' }],
    });
    expect(violations('DrugList', body)).toEqual([]);
    const etag = response.headers.get('etag')!;
    expect((await ask(db, '?q=vd4878-14&status=inForce', { 'if-none-match': etag })).status).toBe(304);
  });

  test('answers for a day that is past, in the shape it documents', async ({ db }) => {
    await enter(db);
    const body = await (await ask(db, '?asOf=2024-05-01&q=thu&prescription=otc')).json();
    expect(violations('EntryList', body)).toEqual([]);
    expect(body).toMatchObject({
      asOf: '2024-05-01',
      total: 1,
      items: [{ title: 'Paracetamol Thử', status: 'inForce', fields: { registrationNumber: '893110123424' } }],
    });
    expect(await (await ask(db, '?asOf=2023-12-31')).json()).toMatchObject({ total: 0, items: [] });
  });

  test.for([
    ['colour=red', 'colour', 'errors.field.unknown'],
    ['status=maybe', 'status', 'errors.field.choice'],
    ['q=a&q=b', 'q', 'exchange.errors.once'],
    ['pageSize=101', 'pageSize', 'errors.field.tooBig.number'],
    ['asOf=2025-02-30', 'asOf', 'exchange.errors.day'],
    ['asOf=2025-02-03&near=21,105', 'near', 'registers.errors.notOfThePast'],
    ['knownAt=2025-02-03', 'asOf', 'exchange.errors.knownNeedsAsOf'],
    ['asOf=2025-02-03&pageSize=101', 'pageSize', 'errors.field.tooBig.number'],
  ])('refuses ?%s with a problem document that names the field', async ([search, path, reason], { db }) => {
    const response = await ask(db, `?${search}`);
    expect(response.status).toBe(422);
    const body = (await response.json()) as { fields: { path: string; reason: string }[] };
    expect(body.fields).toContainEqual(expect.objectContaining({ path, reason }));
  });
});

describe('GET /api/v1/drugs/{id}', () => {
  test('answers with recalls, prices as of a day and their history, in the shape it documents', async ({ db }) => {
    const { drugId, registrar } = await openSupply(db, now);
    const price = { drugId, unit: 'viên', declaredBy: 'Công ty Thử', announcedOn: '2026-01-01' };
    await recordPrice(registrar, { ...price, price: 1200, effectiveFrom: '2026-01-05' });
    await recordPrice(registrar, { ...price, price: 1500, effectiveFrom: '2026-06-01' });
    const one = (search: string) =>
      answer(db, new Request(`http://motcua.test/api/v1/drugs/${drugId}${search}`), { id: drugId }, oneDrug);
    const response = await one('?on=2026-03-01');
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(violations('DrugDetail', body)).toEqual([]);
    expect(body).toMatchObject({ pricesOn: '2026-03-01', prices: [{ price: 1200, currency: 'VND' }], failedTests: [] });
    expect(body).toMatchObject({ priceHistory: [{ price: 1500 }, { price: 1200 }] });
    expect((await one('?on=hom-nay')).status).toBe(422);
    expect((await one('?colour=red')).status).toBe(422);
  });
});
