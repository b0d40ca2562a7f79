import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { fhir } from '#server/exchange/index.ts';
import { insertAuthority, insertFacility, insertPlaces, standingAt } from '#server/facilities/testing.ts';

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

function send(db: Database, path: string, init?: RequestInit): Promise<Response> {
  const url = new URL(`http://motcua.test/api/fhir/${path}`);
  return answer(db, new Request(url, init), url.pathname.split('/').slice(3), fhir);
}

async function ask(db: Database, path: string, init?: RequestInit): Promise<Answer> {
  const response = await send(db, path, init);
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
  for (const [name, latitude, longitude] of places) {
    // that of Bạch Mai stands in the ward it names; the others name none
    const place = name === 'Bạch Mai' ? { latitude, longitude } : standingAt({ latitude, longitude });
    ids.push((await insertFacility(db, authority.id, { name: `Nhà thuốc ${name}`, ...place })).facilityId);
  }
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
    ['Location?_lastUpdated=ge2026-13-01', '_lastUpdated'],
    ['Location?_lastUpdated=ap2026-01-01', '_lastUpdated'],
    ['Location?service-type=mri', 'service-type'],
    ['HealthcareService?near=21|105|5|km', 'near'],
    ['HealthcareService?service-type=magic', 'service-type'],
    ['HealthcareService?location=Location/1', 'location'],
    ['HealthcareService?_id=1', '_id'],
    ['Location?_format=xml', '_format'],
    ['HealthcareService?_include=HealthcareService:endpoint', '_include'],
    ['Location?_include=*', '_include'],
    ['Organization?_include=Organization:partof', '_include'],
    ['Location?_revinclude=HealthcareService:location', '_revinclude'],
    ['Location?_sort=name', '_sort'],
    ['Location?name:exact=a', 'name:exact'],
    ['Location?_id=01900000-0000-7000-8000-000000000000&name=a', 'name'],
    ['Location/01900000-0000-7000-8000-000000000000?_summary=true', '_summary'],
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

  /** What the profiles of IHE mCSD ask of a resource beyond FHIR itself; empty: it keeps to them. */
  function mcsdFaults(resource: Record<string, unknown>): string[] {
    const types = ((resource.type ?? []) as { coding: { system: string; code: string }[] }[]).flatMap(
      ({ coding }) => coding,
    );
    const needs = (name: string, holds: boolean) => (holds ? [] : [`${resource.resourceType}.${name}`]);
    const faults = [
      ...needs('meta.profile', JSON.stringify(resource.meta ?? '').includes('/ITI/mCSD/StructureDefinition/')),
      ...needs('meta.lastUpdated', !Number.isNaN(Date.parse((resource.meta as { lastUpdated: string }).lastUpdated))),
      ...needs('name', typeof resource.name === 'string' && resource.name !== ''),
      ...needs('type', types.length > 0 && types.every(({ system, code }) => URL.canParse(system) && code !== '')),
      ...needs('id', /^[A-Za-z0-9.-]{1,64}$/.test(String(resource.id))),
    ];
    if (resource.resourceType === 'HealthcareService')
      return [
        ...faults,
        ...needs('location', /^Location\//.test((resource.location as { reference: string }[])[0]!.reference)),
        ...needs('providedBy', /^Organization\//.test((resource.providedBy as { reference: string }).reference)),
        ...needs('active', typeof resource.active === 'boolean'),
      ];
    const facility = types.some(
      ({ system, code }) => system.endsWith('IHE.mCSD.Organization.Location.Types') && code === 'facility',
    );
    return [
      ...faults,
      ...needs('type:facility', facility && types.length >= 2),
      ...needs('identifier', ((resource.identifier ?? []) as unknown[]).length > 0),
      ...(resource.resourceType === 'Location'
        ? [
            ...needs('status', ['active', 'suspended', 'inactive'].includes(String(resource.status))),
            ...needs('physicalType', resource.physicalType !== undefined),
            ...needs('managingOrganization', resource.managingOrganization !== undefined),
          ]
        : needs('active', typeof resource.active === 'boolean')),
    ];
  }

  test('keeps to what the facility profiles of mCSD ask for', async ({ db }) => {
    await enter(db);
    await insertFacility(db, (await insertAuthority(db)).id, { services: ['mri', 'ultrasound'] });
    for (const type of ['Location', 'Organization', 'HealthcareService']) {
      const { body } = await ask(db, type);
      expect(body.entry!.length, type).toBeGreaterThan(1);
      expect(body.entry!.flatMap(({ resource }) => mcsdFaults(resource))).toEqual([]);
    }
  });

  test('tells what a facility offers as one HealthcareService each', async ({ db }) => {
    const authority = await insertAuthority(db);
    await insertPlaces(db);
    const { facilityId } = await insertFacility(db, authority.id, {
      name: 'Bệnh viện Kim Liên',
      services: ['mri', 'emergency', 'surgery'],
      openingHours: { 1: [{ from: '07:30', to: '17:00' }] },
    });
    await insertFacility(db, authority.id, { name: 'Phòng khám An', services: ['mri'] });
    const all = await ask(db, `HealthcareService?location=Location/${facilityId}&_count=2`);
    expect(all.body.total).toBe(3);
    expect(all.body.entry).toHaveLength(2);
    const next = all.body.link!.find(({ relation }) => relation === 'next')!.url;
    expect((await ask(db, next.split('/api/fhir/')[1]!)).body.entry).toHaveLength(1);
    expect((await ask(db, 'HealthcareService?service-type=mri')).body.total).toBe(2);
    expect((await ask(db, `HealthcareService?service-type=mri&organization=${facilityId}`)).body.total).toBe(1);
    expect((await ask(db, 'HealthcareService?name=phong+kham')).body.total).toBe(1);
    const one = await ask(db, `HealthcareService/${facilityId}.mri`);
    expect(one.body).toMatchObject({
      resourceType: 'HealthcareService',
      active: true,
      location: [{ reference: `Location/${facilityId}` }],
      availableTime: [{ daysOfWeek: ['mon'], availableStartTime: '07:30:00', availableEndTime: '17:00:00' }],
    });
    expect((await ask(db, `HealthcareService?_id=${facilityId}.mri`)).body.total).toBe(1);
    expect((await ask(db, `HealthcareService/${facilityId}.dialysis`)).status).toBe(404);
  });

  test('lets the place of a service and whose it is come along, each once and not counted', async ({ db }) => {
    await insertPlaces(db);
    const authority = await insertAuthority(db);
    const { facilityId } = await insertFacility(db, authority.id, { services: ['mri', 'emergency'] });
    const query = '_include=HealthcareService:location&_include=HealthcareService:organization';
    const { body } = await ask(db, `HealthcareService?${query}`);
    const entries = body.entry as unknown as {
      fullUrl: string;
      search: { mode: string };
      resource: { resourceType: string };
    }[];
    expect(body.total).toBe(2);
    expect(entries.map(({ search, resource }) => `${search.mode} ${resource.resourceType}`)).toEqual([
      'match HealthcareService',
      'match HealthcareService',
      'include Location',
      'include Organization',
    ]);
    expect(entries[2]!.fullUrl).toMatch(new RegExp(`/api/fhir/Location/${facilityId}$`));
    const place = await ask(db, `Location?_id=${facilityId}&_include=Location:organization`);
    expect(place.body).toMatchObject({ total: 1, entry: [{}, { resource: { resourceType: 'Organization' } }] });
    const { body: can } = await ask(db, 'metadata');
    const said = (can.rest as { resource: { type: string; searchInclude?: string[] }[] }[])[0]!.resource;
    expect(said.map(({ searchInclude }) => searchInclude?.length ?? 0)).toEqual([1, 0, 2]);
  });

  test('is searched by form too: what is sent there stands in no address', async ({ db }) => {
    await enter(db);
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const body = 'near=21.03%7C105.852%7C5%7Ckm&_count=1';
    const found = await ask(db, 'Location/_search', { method: 'POST', headers, body });
    expect(found.body).toMatchObject({ total: 2, entry: [{ resource: { name: 'Nhà thuốc Hoàn Kiếm' } }] });
    const both = await ask(db, 'Location/_search?_count=1', { method: 'POST', headers, body: 'name=bach+mai' });
    expect(both.body.total).toBe(1);
    const refused = async (path: string, init: RequestInit) =>
      (await ask(db, path, { method: 'POST', ...init })).status;
    expect(await refused('Location/_search', { headers, body: 'colour=red' })).toBe(400);
    expect(await refused('Location/_search', { headers, body: `name=${'a'.repeat(17_000)}` })).toBe(400);
    expect(await refused('Location/_search', { headers: { 'content-type': 'application/json' }, body: '{}' })).toBe(
      400,
    );
    expect(await refused('Location', { headers, body })).toBe(405);
  });

  test('answers 304 until something it shows changes', async ({ db }) => {
    const [id] = await enter(db);
    for (const path of [`Location/${id}`, 'Organization?_count=2', 'metadata']) {
      const tag = (await send(db, path)).headers.get('etag')!;
      expect(tag).toMatch(/^W\/"/);
      expect((await send(db, path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
    const before = (await send(db, 'Location')).headers.get('etag')!;
    await insertFacility(db, (await insertAuthority(db)).id);
    expect((await send(db, 'Location', { headers: { 'if-none-match': before } })).status).toBe(200);
  });

  test('finds what was recorded in a time', async ({ db }) => {
    const authority = await insertAuthority(db);
    const on = (day: string) => new Date(`${day}T09:00:00+07:00`);
    const first = await insertFacility(db, authority.id, { name: 'A', services: ['mri'] }, on('2026-03-01'));
    await insertFacility(db, authority.id, { name: 'B' }, on('2026-05-01'));
    const found = async (query: string) => names(await ask(db, `Location?${query}`));
    expect(await found('_lastUpdated=2026-03')).toEqual(['A']);
    expect(await found('_lastUpdated=ge2026-03-02')).toEqual(['B']);
    expect(await found('_lastUpdated=le2026-03-01')).toEqual(['A']);
    expect(await found('_lastUpdated=gt2026-03-01&_lastUpdated=lt2026-05-01')).toEqual([]);
    expect(await found(`_id=${first.facilityId}&_lastUpdated=lt2026-01-01`)).toEqual([]);
    expect(await found(`_id=${first.facilityId}&_lastUpdated=gt2026-01-01`)).toEqual(['A']);
    expect((await ask(db, 'HealthcareService?_lastUpdated=2026-03')).body.total).toBe(1);
    expect((await ask(db, 'HealthcareService?_lastUpdated=2026-05')).body.total).toBe(0);
    // who keeps a copy learns of what has closed; who looks for a place does not find it
    await db.update(facilities).set({ closedOn: '2026-03-02' }).where(eq(facilities.id, first.facilityId));
    const closed = await ask(db, 'Location?_lastUpdated=2026-03');
    expect(closed.body.entry).toMatchObject([{ resource: { name: 'A', status: 'inactive' } }]);
    expect(await found('name=A')).not.toContain('A');
    const read = await ask(db, `Location/${first.facilityId}`);
    expect(read.body.meta).toMatchObject({ lastUpdated: on('2026-03-01').toISOString() });
  });

  test('near orders by true distance and honours the radius to the metre', async ({ db }) => {
    await enter(db);
    // 3.45 km as the great circle goes
    expect(names(await ask(db, 'Location?near=21.03|105.852|3.4|km'))).toEqual(['Nhà thuốc Hoàn Kiếm']);
    expect(names(await ask(db, 'Location?near=21.03|105.852|3.5|km'))).toEqual([
      'Nhà thuốc Hoàn Kiếm',
      'Nhà thuốc Bạch Mai',
    ]);
  });

  test('says of each parameter what it does, and does it', async ({ db }) => {
    const [id] = await enter(db);
    const { body } = await ask(db, 'metadata');
    type Rest = { resource: { type: string; searchParam: { name: string }[] }[] };
    const examples: Record<string, string> = {
      _id: id!,
      _lastUpdated: 'ge2026-01-01',
      name: 'nha thuoc',
      'address-state': '01',
      near: '21|105.8|5|km',
      'service-type': 'mri',
      location: id!,
      organization: id!,
      _count: '5',
    };
    for (const { type, searchParam } of (body.rest as Rest[])[0]!.resource)
      for (const { name } of searchParam) {
        const example = type === 'HealthcareService' && name === '_id' ? `${id}.mri` : examples[name]!;
        const found = await ask(db, `${type}?${new URLSearchParams({ [name]: example })}`);
        expect(found.status, `${type} ${name}`).toBe(200);
      }
  });
});
