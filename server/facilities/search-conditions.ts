import { type SQL, sql } from 'drizzle-orm';
import { serviceWords, specialityWords } from '#db/enums/facility-classification.ts';
import { localDate } from '#server/calendar/index.ts';
import { searchable } from '#server/platform/text.ts';
import { search } from '#server/registers/index.ts';
import type { SearchFacilities } from './inputs.ts';
import { lastChange } from './last-changes.ts';
import { type IsHoliday, momentOf } from './opening-hours.ts';

export type Criteria = Omit<SearchFacilities, 'page' | 'pageSize'>;
/** At which moment one asks, and which days are holidays. */
export interface Moment {
  at: Date;
  isHoliday: IsHoliday;
}

const { holding } = search;
export const { all } = search;

/** The register as `f`; with its present licence, the latest issued, as `l` only where a criterion asks for it. */
export function registerFor({ status, openNow }: Criteria): SQL {
  if (status === undefined && openNow === undefined) return sql`from facilities f`;
  return sql`from facilities f left join lateral (
    select * from facility_licences fl where fl.facility_id = f.id order by fl.issued_on desc, fl.created_at desc, fl.id desc limit 1
  ) l on true`;
}

/** An entry that was merged into another is found as that one. */
export const notMerged = (id: SQL): SQL =>
  sql`not exists (select 1 from register_entries e where e.id = ${id} and e.merged_into is not null)`;

/** Which of those that have closed are left out. Who asks for what changed in a time keeps a copy and has to learn of them. */
function standingFilters({ withClosed, changedFrom, changedBefore }: Criteria, moment: Moment): SQL[] {
  if (changedFrom || changedBefore) return [];
  if (withClosed) return [sql`(f.closed_on is null or ${notMerged(sql`f.id`)})`];
  return [sql`(f.closed_on is null or f.closed_on > ${localDate(moment.at)}::date)`];
}

/** Every criterion but the words, about `f` and `l` of `registerFor`. */
export const filtersOf = (criteria: Criteria, moment: Moment): SQL[] => [
  ...placeFilters(criteria),
  ...offerFilters(criteria),
  ...licenceFilters(criteria, moment),
  ...(criteria.changedFrom ? [sql`${lastChange} >= ${criteria.changedFrom}::timestamptz`] : []),
  ...(criteria.changedBefore ? [sql`${lastChange} < ${criteria.changedBefore}::timestamptz`] : []),
  ...standingFilters(criteria, moment),
];

/** All words somewhere in name, code, numbers or address, or together the words of a service or speciality it has. */
export function wordsCondition(words: string[]): SQL {
  const inText = all(words.map((word) => holding(sql`f.search_text`, word)));
  const meant = (table: Record<string, string>) =>
    Object.keys(table).filter((key) => words.every((word) => ` ${table[key]}`.includes(` ${word}`)));
  const offers = [
    { column: sql`f.services`, keys: meant(serviceWords) },
    { column: sql`f.specialities`, keys: meant(specialityWords) },
  ].filter(({ keys }) => keys.length > 0);
  if (offers.length === 0) return inText;
  const offered = offers.map(({ column, keys }) => sql`${column} && ${textArray(keys)}`);
  return sql`((${inText}) or ${sql.join(offered, sql` or `)})`;
}

const textArray = (values: string[]): SQL =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;

export type Point = { latitude: number; longitude: number };

/** The straight line through the earth of radius 1: the index on it answers in the order of true distance. */
export const lineTo = ({ latitude, longitude }: Point): SQL =>
  sql`(geo_cube(f.latitude, f.longitude) <-> geo_cube(${latitude}::float8, ${longitude}::float8))`;

/** Kilometres over the ground on the mean radius, as `distanceKm` of the rules computes them. */
export const distanceTo = (point: Point): SQL => sql`12742.0176 * asin(least(1, ${lineTo(point)} / 2))`;

function placeFilters({ provinceCode, wardCode, kind, near, radiusKm, bbox }: Criteria): SQL[] {
  const filters: SQL[] = [];
  if (provinceCode) filters.push(sql`f.province_code = ${provinceCode}`);
  if (wardCode) filters.push(sql`f.ward_code = ${wardCode}`);
  if (kind) filters.push(sql`f.kind = ${kind}`);
  if (near) filters.push(sql`geo_cube(f.latitude, f.longitude) is not null`);
  if (near && radiusKm) {
    const line = 2 * Math.sin(Math.min(radiusKm / 12742.0176, Math.PI / 2));
    const middle = sql`geo_cube(${near.latitude}::float8, ${near.longitude}::float8)`;
    // a box around the point lets the index narrow, the line decides
    filters.push(sql`geo_cube(f.latitude, f.longitude) <@ cube_enlarge(${middle}, ${line}::float8, 3)`);
    filters.push(sql`${lineTo(near)} <= ${line}::float8`);
  }
  if (bbox) {
    filters.push(sql`f.latitude between ${bbox.south}::float8 and ${bbox.north}::float8`);
    filters.push(sql`f.longitude between ${bbox.west}::float8 and ${bbox.east}::float8`);
  }
  return filters;
}

function offerFilters({ service, speciality, insurance, level, ownership }: Criteria): SQL[] {
  const filters: SQL[] = [];
  if (service) filters.push(sql`(${service} = any (f.scope) or f.services @> ${textArray([service])})`);
  if (speciality) filters.push(sql`f.specialities @> ${textArray([speciality])}`);
  if (insurance) filters.push(sql`${insurance} = any (f.insurance)`);
  if (level) filters.push(sql`f.level = ${level}`);
  if (ownership) filters.push(sql`f.ownership = ${ownership}`);
  return filters;
}

function licenceFilters({ status, openNow }: Criteria, moment: Moment): SQL[] {
  const filters: SQL[] = [];
  const current = statusOn(localDate(moment.at));
  if (status === 'none') filters.push(sql`l.id is null`);
  else if (status) filters.push(sql`${current} = ${status}`);
  // a facility whose licence does not hold is closed whatever its hours say
  const open = sql`(${current} = 'inForce' and ${openAt(moment)})`;
  if (openNow !== undefined) filters.push(openNow ? open : sql`${open} is not true`);
  return filters;
}

/** `licenceStatus` of the rules, in the database. */
function statusOn(today: string): SQL {
  return sql`case when l.id is null then null when l.revoked_at is not null then 'revoked' when l.superseded_at is not null then 'superseded' when l.valid_to < ${today}::date then 'expired'
    when l.suspended_at is not null and (l.suspended_until is null or l.suspended_until >= ${today}::date) then 'suspended'
    when l.valid_from > ${today}::date then 'pending' else 'inForce' end`;
}

/** `openState` of the opening hours, in the database: a span of today, or one of yesterday that ends after midnight. */
function openAt({ at, isHoliday }: Moment): SQL {
  const { time } = momentOf(at);
  const spans = (when: Date) => {
    const usual = sql`f.opening_hours -> ${String(momentOf(when).weekday)}`;
    const day = isHoliday(localDate(when))
      ? sql`coalesce(f.opening_hours -> 'holiday', jsonb_path_query_array(${usual}, '$[*] ? (@.from == "00:00" && @.to == "24:00")'))`
      : usual;
    return sql`jsonb_array_elements(coalesce(${day}, '[]'::jsonb)) s`;
  };
  const yesterday = new Date(at.getTime() - 86_400_000);
  return sql`(exists (select 1 from ${spans(at)} where s ->> 'from' <= ${time}
      and (s ->> 'to' > ${time} or s ->> 'to' < s ->> 'from'))
    or exists (select 1 from ${spans(yesterday)} where s ->> 'to' < s ->> 'from' and s ->> 'to' > ${time}))`;
}

/** The words of a query as search compares them; null: it has none. */
export function wordsOf(q: string | undefined): string[] | null {
  const text = searchable(q ?? '');
  return text === '' ? null : text.split(' ');
}
