import { inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  careLevels,
  facilityServices,
  insurances,
  ownerships,
  specialities,
} from '#db/enums/facility-classification.ts';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { nextNumber, searchable, type TxContext } from '#server/platform/index.ts';
import { line as lineOf } from '#server/platform/input.ts';
import { type Content, fields, keyOf, type Projected, type Register } from '#server/registers/index.ts';
import { codesOfMerged, followMerges } from './follow-merges.ts';
import { FacilityFacts } from './inputs.ts';
import { licenceActs, licenceStandingOn } from './licence-history.ts';
import { formatHours, parseHours } from './opening-hours-text.ts';
import { placeFaultsOf, saysSamePlace } from './place-faults.ts';
import { settlePlaces } from './places/settle-places.ts';
import { type Facility, placeCodeOf, placeNames } from './records.ts';
import { type FacilityKind, facilityCode, facilityKinds } from './rules.ts';
import { facilityTraces } from './traces.ts';

/** What is said of a facility, and the numbers others know it by. */
export const FacilityContent = FacilityFacts.extend({
  /** MaCSKCB of health insurance: five letters or digits */
  insuranceCode: z
    .string()
    .regex(/^[A-Z0-9]{5}$/, 'facilities.errors.insuranceCode')
    .nullish(),
  /** number of the business registration of the place */
  businessNumber: lineOf(40).nullish(),
});
export type FacilityContent = z.output<typeof FacilityContent>;

const { line, code, unit, number, choice, choices, list, table } = fields;

/** `general: 120; intensive: 8` */
function parseBeds(text: string): unknown {
  const parts = text.split(/[;\n]/).flatMap((part) => part.trim() || []);
  const pairs = parts.map((part) => /^([a-z-]+)\s*:\s*(\d+)$/.exec(part));
  if (pairs.some((pair) => pair === null)) return text;
  return pairs.length === 0 ? null : Object.fromEntries(pairs.map((pair) => [pair![1], Number(pair![2])]));
}
const formatBeds = (value: unknown): string =>
  Object.entries((value ?? {}) as object)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join('; ');

/** The register of facilities: kept by the health department of their province. */
export const facilitiesRegister: Register = {
  key: 'facilities',
  content: FacilityContent as unknown as z.ZodType<Content>,
  fields: [
    line('name', { required: true }),
    choice('kind', facilityKinds, { required: true }),
    line('ownerName', { required: true }),
    line('taxCode'),
    code('insuranceCode', 5, { least: 4 }),
    line('businessNumber', { public: false }),
    line('addressLine', { required: true }),
    unit('wardCode', 'ward'),
    unit('provinceCode', 'province', { required: true }),
    number('latitude'),
    number('longitude'),
    line('phone'),
    line('email', { public: false }),
    { name: 'openingHours', input: 'lines', required: false, public: true, parse: parseHours, format: formatHours },
    line('professionalLead'),
    table('staff', ['name', 'certificate', 'scope']),
    list('scope'),
    choices('services', facilityServices),
    choices('specialities', specialities),
    choices('insurance', insurances),
    choice('level', careLevels),
    choice('ownership', ownerships),
    { name: 'beds', input: 'lines', required: false, public: true, parse: parseBeds, format: formatBeds },
  ],
  title: ({ name }) => String(name),
  keys: ({ insuranceCode }) => (insuranceCode ? [keyOf('insurance', String(insuranceCode))] : []),
  province: ({ provinceCode }) => String(provinceCode),
  traces: (content) => facilityTraces(content as FacilityContent),
  listed: ['kind', 'addressLine', 'provinceCode'],
  standing: licenceStandingOn,
  acts: licenceActs,
  filters: { kind: 'kind', province: 'provinceCode', ward: 'wardCode', level: 'level' },
  point: ({ latitude, longitude }) =>
    typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null,
  faults: async (db, contents, today, before) => {
    const faults = [];
    for (const [index, content] of contents.entries()) {
      const same = before?.[index] && saysSamePlace(content, before[index]);
      faults.push(same ? [] : await placeFaultsOf(db, content, today));
    }
    return faults;
  },
  project,
};

async function project(ctx: TxContext, rows: readonly Projected[]): Promise<void> {
  const ids = rows.map(({ entryId }) => entryId);
  const there = await ctx.tx
    .select({ id: facilities.id, code: facilities.code })
    .from(facilities)
    .where(inArray(facilities.id, ids));
  const codes = new Map(there.map(({ id, code }) => [id, code]));
  await giveCodes(ctx, rows, codes);
  const places = await settlePlaces(ctx, rows);
  const projected = rows.map(({ entryId, content, closedOn, demo }) => {
    const { insuranceCode: _insurance, businessNumber: _business, ...facts } = content as FacilityContent;
    return {
      ...facts,
      ...places.get(entryId),
      searchName: searchable(facts.name),
      closedOn,
      demo,
      id: entryId,
      code: codes.get(entryId)!,
      createdAt: ctx.now(),
    };
  });
  if (projected.length === 0) return;
  const texts = await searchTexts(ctx, projected);
  await ctx.tx
    .insert(facilities)
    .values(projected.map((row) => ({ ...row, searchText: texts.get(row.id)! })))
    .onConflictDoUpdate({ target: facilities.id, set: { ...asSaid, version: sql`${facilities.version} + 1` } });
  const stay = await followMerges(
    ctx,
    projected.map(({ id }) => id),
  );
  if (stay.length > 0) await writeSearchText(ctx, stay);
}

/** What an entry says, in the place of what its row said before; a fact it does not state any more is gone. */
const asSaid = {
  kind: sql`excluded.kind`,
  name: sql`excluded.name`,
  searchName: sql`excluded.search_name`,
  searchText: sql`excluded.search_text`,
  ownerName: sql`excluded.owner_name`,
  taxCode: sql`excluded.tax_code`,
  addressLine: sql`excluded.address_line`,
  wardCode: sql`excluded.ward_code`,
  provinceCode: sql`excluded.province_code`,
  latitude: sql`excluded.latitude`,
  longitude: sql`excluded.longitude`,
  phone: sql`excluded.phone`,
  email: sql`excluded.email`,
  openingHours: sql`excluded.opening_hours`,
  professionalLead: sql`excluded.professional_lead`,
  staff: sql`excluded.staff`,
  scope: sql`excluded.scope`,
  services: sql`excluded.services`,
  specialities: sql`excluded.specialities`,
  insurance: sql`excluded.insurance`,
  level: sql`excluded.level`,
  ownership: sql`excluded.ownership`,
  beds: sql`excluded.beds`,
  closedOn: sql`excluded.closed_on`,
  demo: sql`excluded.demo`,
} satisfies Record<Exclude<keyof Facility, 'id' | 'code' | 'organisationId' | 'version' | 'createdAt'>, SQL>;

/** Codes for those that have none yet: taken late and at once, so that the counters stay locked for the shortest time. */
async function giveCodes(ctx: TxContext, rows: readonly Projected[], codes: Map<string, string>): Promise<void> {
  const groups = new Map<string, { place: string; kind: FacilityKind; ids: string[] }>();
  for (const { entryId, content } of rows.filter(({ entryId }) => !codes.has(entryId))) {
    const { kind, provinceCode } = content as FacilityContent;
    const place = await placeCodeOf(ctx.tx, provinceCode);
    const key = `${place}-${kind}`;
    groups.set(key, { place, kind, ids: [...(groups.get(key)?.ids ?? []), entryId] });
  }
  for (const [key, { place, kind, ids }] of groups) {
    const first = await nextNumber(ctx, 'facility', key, ids.length);
    for (const [index, id] of ids.entries()) codes.set(id, facilityCode(place, kind, first + index));
  }
}

/** Writes anew what some facilities are searched by. */
export async function writeSearchText(ctx: TxContext, ids: readonly string[]): Promise<void> {
  const rows = await ctx.tx
    .select()
    .from(facilities)
    .where(inArray(facilities.id, [...ids]));
  const texts = [...(await searchTexts(ctx, rows))].map(([id, text]) => ({ id, text }));
  await ctx.tx.execute(sql`
    update facilities f set search_text = t.text
    from jsonb_to_recordset(${JSON.stringify(texts)}::text::jsonb) as t(id uuid, text text) where f.id = t.id`);
}

type Searched = Pick<Facility, 'id' | 'name' | 'code' | 'addressLine' | 'provinceCode'> &
  Partial<Pick<Facility, 'taxCode' | 'wardCode'>>;

/** What one may search facilities by: name, code and those of entries merged into it, numbers of their licences, with and without what parts them, address and places. By id. */
async function searchTexts(ctx: TxContext, rows: readonly Searched[]): Promise<Map<string, string>> {
  const licences = await ctx.tx
    .select({ facilityId: facilityLicences.facilityId, number: facilityLicences.number })
    .from(facilityLicences)
    .where(
      inArray(
        facilityLicences.facilityId,
        rows.map(({ id }) => id),
      ),
    );
  const numbers = Map.groupBy(licences, ({ facilityId }) => facilityId);
  const wards = await placeNames(
    ctx.tx,
    'ward',
    rows.flatMap(({ wardCode }) => wardCode ?? []),
  );
  const provinces = await placeNames(
    ctx.tx,
    'province',
    rows.map(({ provinceCode }) => provinceCode),
  );
  const older = await codesOfMerged(
    ctx.tx,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map((row) => {
      const own = (numbers.get(row.id) ?? []).map(({ number }) => number);
      const places = [row.wardCode && wards.get(row.wardCode)?.name, provinces.get(row.provinceCode)?.name];
      const codes = [row.code, ...(older.get(row.id) ?? []), ...own];
      const words = [row.name, ...codes, row.taxCode, row.addressLine, ...places];
      // also as people type them who leave out what parts them
      const compact = codes.map((code) => searchable(code).replaceAll(' ', ''));
      return [row.id, [searchable(words.filter(Boolean).join(' ')), ...compact].join(' ')];
    }),
  );
}
