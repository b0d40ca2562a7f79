import { localDate } from '#server/calendar/index.ts';
import { devicesInOrder } from '#server/devices/index.ts';
import { drugsInOrder } from '#server/drugs/index.ts';
import { type FacilityView, facilitiesInOrder } from '#server/facilities/index.ts';
import { env } from '#server/platform/env.ts';
import type { Context } from '#server/platform/index.ts';
import { csvLine } from './csv.ts';

export const licence = {
  id: 'CC-BY-4.0',
  name: 'Creative Commons Attribution 4.0 International',
  url: 'https://creativecommons.org/licenses/by/4.0/',
};

export interface Dataset {
  file: string;
  register: 'facilities' | 'drugs' | 'devices';
  mediaType: string;
  /** the whole of it in pieces, as it stands on the day */
  pieces(ctx: Context): AsyncGenerator<string>;
}

const batch = 500;
/** A spreadsheet takes the mark for a sign of Unicode. */
const mark = '\ufeff';

async function* facilitiesOf(ctx: Context): AsyncGenerator<FacilityView> {
  for (let after: string | null = null; ; ) {
    const views: FacilityView[] = await facilitiesInOrder(ctx.db, after, batch, ctx.now());
    yield* views;
    if (views.length < batch) return;
    after = views.at(-1)!.id;
  }
}

const facilityFacts = (view: FacilityView) => ({
  id: view.id,
  code: view.code,
  kind: view.kind,
  name: view.name,
  owner: view.ownerName,
  address: view.addressLine,
  ward_code: view.ward?.code ?? null,
  ward: view.ward?.name ?? null,
  province_code: view.province.code,
  province: view.province.name,
  phone: view.phone,
  services: view.services.join(';'),
  specialities: view.specialities.join(';'),
  insurance: view.insurance.join(';'),
  level: view.level,
  ownership: view.ownership,
  licence_number: view.licence?.number ?? null,
  licence_status: view.licence?.status ?? null,
  licence_valid_from: view.licence?.validFrom ?? null,
  licence_valid_to: view.licence?.validTo ?? null,
  closed_on: view.closedOn,
  demo: view.demo ? 1 : 0,
  url: `${env().appUrl}/registers/facilities/${view.id}`,
});
type Facts = ReturnType<typeof facilityFacts>;
const columns: readonly (keyof Facts)[] = [
  ...(['id', 'code', 'kind', 'name', 'owner', 'address', 'ward_code', 'ward', 'province_code', 'province'] as const),
  ...(['phone', 'services', 'specialities', 'insurance', 'level', 'ownership'] as const),
  ...([
    'licence_number',
    'licence_status',
    'licence_valid_from',
    'licence_valid_to',
    'closed_on',
    'demo',
    'url',
  ] as const),
];

async function* facilitiesCsv(ctx: Context): AsyncGenerator<string> {
  yield mark + csvLine([...columns, 'latitude', 'longitude']);
  for await (const view of facilitiesOf(ctx)) {
    const facts = facilityFacts(view);
    yield csvLine([...columns.map((name) => facts[name]), view.latitude, view.longitude]);
  }
}

/** RFC 7946; the rows are told at the end, where they are known. */
async function* facilitiesGeoJson(ctx: Context): AsyncGenerator<string> {
  const head = { licence, date: localDate(ctx.now()), source: env().appUrl };
  yield `{"type":"FeatureCollection",${JSON.stringify(head).slice(1, -1)},"features":[`;
  let rows = 0;
  for await (const view of facilitiesOf(ctx)) {
    const { latitude, longitude } = view;
    const geometry =
      latitude === null || longitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] };
    const feature = { type: 'Feature', id: view.id, geometry, properties: facilityFacts(view) };
    yield `${rows === 0 ? '' : ','}\n${JSON.stringify(feature)}`;
    rows += 1;
  }
  yield `\n],"rows":${rows}}\n`;
}

const drugColumns = [
  ...['id', 'registration_number', 'name', 'ingredients', 'dosage_form', 'manufacturer', 'country', 'registrant'],
  ...['prescription', 'status', 'issued_on', 'valid_to', 'withdrawn_on', 'closed_on', 'demo', 'url'],
];

async function* drugsCsv(ctx: Context): AsyncGenerator<string> {
  yield mark + csvLine(drugColumns);
  for (let after: string | null = null; ; ) {
    const drugs: Awaited<ReturnType<typeof drugsInOrder>> = await drugsInOrder(
      ctx.db,
      after,
      batch,
      localDate(ctx.now()),
    );
    for (const drug of drugs)
      yield csvLine([
        ...[drug.id, drug.registrationNumber, drug.name],
        drug.ingredients.map(({ name, strength }) => [name, strength].filter(Boolean).join(' ')).join('; '),
        ...[drug.dosageForm, drug.manufacturer, drug.country, drug.registrant, drug.prescription, drug.status],
        ...[drug.issuedOn, drug.validTo, drug.withdrawnOn, drug.closedOn, drug.demo ? 1 : 0],
        `${env().appUrl}/registers/drugs/${drug.id}`,
      ]);
    if (drugs.length < batch) return;
    after = drugs.at(-1)!.id;
  }
}

const deviceColumns = [
  ...['id', 'registration_number', 'name', 'maker', 'model', 'type', 'class', 'emdn', 'udi_di', 'country', 'owner'],
  ...['registrant', 'status', 'issued_on', 'valid_to', 'suspended_from', 'suspended_to', 'withdrawn_on', 'notices'],
  ...['closed_on', 'demo', 'url'],
];

async function* devicesCsv(ctx: Context): AsyncGenerator<string> {
  yield mark + csvLine(deviceColumns);
  for (let after: string | null = null; ; ) {
    const devices: Awaited<ReturnType<typeof devicesInOrder>> = await devicesInOrder(
      ctx.db,
      after,
      batch,
      localDate(ctx.now()),
    );
    for (const device of devices)
      yield csvLine([
        ...[device.id, device.registrationNumber, device.name, device.maker, device.model, device.type],
        ...[device.deviceClass, device.emdn, device.udiDis.join(';'), device.country, device.owner, device.registrant],
        ...[device.status, device.issuedOn, device.validTo, device.suspendedFrom, device.suspendedTo],
        ...[device.withdrawnOn, device.notices.map(({ number }) => number).join(';'), device.closedOn],
        ...[device.demo ? 1 : 0, `${env().appUrl}/registers/devices/${device.id}`],
      ]);
    if (devices.length < batch) return;
    after = devices.at(-1)!.id;
  }
}

/** What is given away whole. */
export const datasets: readonly Dataset[] = [
  { file: 'facilities.geojson', register: 'facilities', mediaType: 'application/geo+json', pieces: facilitiesGeoJson },
  { file: 'facilities.csv', register: 'facilities', mediaType: 'text/csv; charset=utf-8', pieces: facilitiesCsv },
  { file: 'drugs.csv', register: 'drugs', mediaType: 'text/csv; charset=utf-8', pieces: drugsCsv },
  { file: 'devices.csv', register: 'devices', mediaType: 'text/csv; charset=utf-8', pieces: devicesCsv },
];
