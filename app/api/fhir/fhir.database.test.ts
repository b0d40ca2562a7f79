import { describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { fhir } from '#server/exchange/index.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';

interface Answer {
  status: number;
  body: {
    resourceType: string;
    total?: number;
    link?: { relation: string; url: string }[];
    entry?: { resource: { id: string; name: string } }[];
    issue?: { code: string; diagnostics: string; expression?: string[] }[];
  } & Record<string, unknown>;
}

async function ask(db: Database, path: string): Promise<Answer> {
  const url = new URL(`http://motcua.test/api/fhir/${path}`);
  const response = await answer(db, new Request(url), url.pathname.split('/').slice(3), fhir);
  expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function enter(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const places: [string, number, number][] = [
    ['Bạch Mai', 21.001, 105.84],
    ['Hoàn Kiếm', 21.03, 105.852],
    ['Sóc Sơn', 21.25, 105.85],
  ];
  const ids: string[] = [];
  for (const [name, latitude, longitude] of places)
    ids.push((await insertFacility(db, authority.id, { name: `Nhà thuốc ${name}`, latitude, longitude })).facilityId);
  return ids;
}
const names = ({ body }: Answer) => (body.entry ?? []).map(({ resource }) => resource.name);

describe('the FHIR door', () => {
  test('reads a facility as Location and Organization that refer to each other', async ({ db }) => {
    const [id] = await enter(db);
    const location = await ask(db, `Location/${id}`);
    expect(location).toMatchObject({
      status: 200,
      body: {
        resourceType: 'Location',
        status: 'active',
        mode: 'instance',
        position: { latitude: 21.001, longitude: 105.84 },
        managingOrganization: { reference: `Organization/${id}` },
        address: { city: 'Phường Kim Liên', state: 'Thành phố Hà Nội', country: 'VN' },
      },
    });
    expect(Object.values(location.body).every((value) => !Array.isArray(value) || value.length > 0)).toBe(true);
    expect((await ask(db, `Organization/${id}`)).body).toMatchObject({ resourceType: 'Organization', active: true });
    expect((await ask(db, 'Location/nobody')).body).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  test('searches near a point in true distance, honours the radius and turns pages', async ({ db }) => {
    await enter(db);
    const near = await ask(db, 'Location?near=21.03|105.852|5|km');
    expect(names(near)).toEqual(['Nhà thuốc Hoàn Kiếm', 'Nhà thuốc Bạch Mai']);
    expect(names(await ask(db, 'Location?near=21.03|105.852|4000|m'))).toHaveLength(2);
    const first = await ask(db, 'Location?name=nha+thuoc&_count=2');
    expect(first.body.total).toBe(3);
    const next = first.body.link!.find(({ relation }) => relation === 'next')!;
    const second = await ask(db, next.url.split('/api/fhir/')[1]!);
    expect(names(second)).toHaveLength(1);
    expect(new Set([...names(first), ...names(second)]).size).toBe(3);
    expect((await ask(db, 'Location?name=khong+co')).body).toMatchObject({ total: 0 });
  });

  test.for([
    ['Location?colour=red', 'colour'],
    ['Location?near=21', 'near'],
    ['Location?near=21|105|5|mile', 'near'],
    ['Organization?near=21|105|5|km', 'near'],
    ['Location?_count=0', '_count'],
    ['Location?name=a&name=b', 'name'],
    ['Location?_lastUpdated=ge2026-01-01', '_lastUpdated'],
    ['Location?_format=xml', '_format'],
  ])('refuses %s and names the parameter', async ([path, parameter], { db }) => {
    const { status, body } = await ask(db, path!);
    expect(status).toBe(400);
    expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ expression: [parameter] }] });
  });

  test('says what it can do, and that there is nothing else', async ({ db }) => {
    expect((await ask(db, 'metadata')).body).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
    });
    expect(await ask(db, 'Patient')).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
  });
});
