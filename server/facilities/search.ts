import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { searchable } from '#server/platform/text.ts';
import type { SearchFacilities } from './inputs.ts';
import { momentOf } from './opening-hours.ts';

type Criteria = Omit<SearchFacilities, 'page' | 'pageSize'>;

/** One found facility: which, and why it stands where it stands. */
export interface Hit {
  id: string;
  distanceKm: number | null;
}

/** Below this word similarity (pg_trgm) a name is another name, not the same with a typing error. */
const leastSimilarity = 0.35;
/** Of the names that resemble the query, those nearly as close as the closest. */
const nearToBest = 0.8;

/**
 * Finds facilities by every criterion at once. Words are found anywhere in name, code, numbers and address, without
 * marks; when nothing has all words, the names that resemble them most. Order: by distance with `near`, else names
 * with the very marks typed, then names beginning with the words, then the rest, by the Vietnamese alphabet.
 */
export async function findFacilities(
  db: Reader,
  criteria: Criteria,
  paging: { page: number; pageSize: number },
  at: Date,
): Promise<{ hits: Hit[]; total: number; forgiving: boolean }> {
  const filters = [...placeFilters(criteria), ...licenceFilters(criteria, at)];
  const text = searchable(criteria.q ?? '');
  if (criteria.q && text === '') return { hits: [], total: 0, forgiving: false };
  if (text === '') return { ...(await fetchHits(db, criteria, filters, sql`0`, paging)), forgiving: false };

  const words = text.split(' ');
  const exact = words.map((word) => sql`f.search_text like ${`%${word}%`}`);
  const found = await fetchHits(db, criteria, [...filters, ...exact], rank(criteria.q!, text, words), paging);
  if (found.total > 0) return { ...found, forgiving: false };

  const similarity = sql`word_similarity(${text}, f.search_text)`;
  const [best] = await db.execute<{ best: number | null }>(
    sql`select max(${similarity})::float8 as best ${fromRegister} where ${all(filters)}`,
  );
  const least = Math.max(leastSimilarity, (best?.best ?? 0) * nearToBest);
  const similar = sql`${similarity} >= ${least}::float8`;
  return { ...(await fetchHits(db, criteria, [...filters, similar], sql`- ${similarity}`, paging)), forgiving: true };
}

/** Every facility with its present licence: the latest issued. */
const fromRegister = sql`from facilities f left join lateral (
  select * from facility_licences fl where fl.facility_id = f.id order by fl.issued_on desc, fl.created_at desc, fl.id desc limit 1
) l on true`;

const all = (conditions: SQL[]): SQL => (conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`);

async function fetchHits(
  db: Reader,
  { near }: Criteria,
  conditions: SQL[],
  order: SQL,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ hits: Hit[]; total: number }> {
  const distance = near ? distanceTo(near) : sql`null::float8`;
  const rows = await db.execute<{ id: string | null; distance_km: number | null; total: number }>(sql`
    with hits as materialized (
      select f.id, f.name, ${distance} as distance_km, ${order} as place ${fromRegister} where ${all(conditions)}
    )
    select t.total::int, p.id, p.distance_km from (select count(*) as total from hits) t left join lateral (
      select * from hits order by distance_km, place, name collate "vi-x-icu", id
      limit ${pageSize} offset ${(page - 1) * pageSize}
    ) p on true order by p.distance_km, p.place, p.name collate "vi-x-icu", p.id`);
  const hits = rows.flatMap(({ id, distance_km }) => (id ? [{ id, distanceKm: distance_km }] : []));
  return { hits, total: rows[0]!.total };
}

/** 0 the phrase with the very marks typed, 1 all words with their marks, 2 begins with it, 3 contains it, 4 all words, 5 elsewhere than in the name. */
function rank(q: string, text: string, words: string[]): SQL {
  const typed = q.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const name = sql`lower(f.name collate "vi-x-icu")`;
  const every = (column: SQL, list: string[]) => all(list.map((word) => sql`strpos(${column}, ${word}) > 0`));
  return sql`case when strpos(${name}, ${typed}) > 0 then 0 when ${every(name, typed.split(' '))} then 1
    when starts_with(f.search_name, ${text}) then 2 when strpos(f.search_name, ${text}) > 0 then 3
    when ${every(sql`f.search_name`, words)} then 4 else 5 end`;
}

/** Haversine on the mean radius, as `distanceKm` of the rules computes it. */
function distanceTo({ latitude, longitude }: { latitude: number; longitude: number }): SQL {
  return sql`12742.0176 * asin(least(1, sqrt(
    power(sin(radians(f.latitude - ${latitude}::float8) / 2), 2) + cos(radians(${latitude}::float8)) * cos(radians(f.latitude))
    * power(sin(radians(f.longitude - ${longitude}::float8) / 2), 2))))`;
}

function placeFilters({ provinceCode, wardCode, kind, service, near, radiusKm, bbox }: Criteria): SQL[] {
  const filters: SQL[] = [];
  if (provinceCode) filters.push(sql`f.province_code = ${provinceCode}`);
  if (wardCode) filters.push(sql`f.ward_code = ${wardCode}`);
  if (kind) filters.push(sql`f.kind = ${kind}`);
  if (service) filters.push(sql`${service} = any (f.scope)`);
  if (near) filters.push(sql`f.latitude is not null and f.longitude is not null`);
  if (near && radiusKm) {
    // a degree of latitude is at least 110.5 km: the index narrows, the distance decides
    const margin = radiusKm / 110.5;
    filters.push(sql`f.latitude between ${near.latitude - margin}::float8 and ${near.latitude + margin}::float8`);
    filters.push(sql`${distanceTo(near)} <= ${radiusKm}::float8`);
  }
  if (bbox) {
    filters.push(sql`f.latitude between ${bbox.south}::float8 and ${bbox.north}::float8`);
    filters.push(sql`f.longitude between ${bbox.west}::float8 and ${bbox.east}::float8`);
  }
  return filters;
}

function licenceFilters({ status, openNow }: Criteria, at: Date): SQL[] {
  const filters: SQL[] = [];
  const current = statusOn(localDate(at));
  if (status === 'none') filters.push(sql`l.id is null`);
  else if (status) filters.push(sql`${current} = ${status}`);
  // a facility whose licence does not hold is closed whatever its hours say
  const open = sql`(${current} = 'inForce' and ${openAt(at)})`;
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
function openAt(at: Date): SQL {
  const { weekday, time } = momentOf(at);
  const yesterday = ((weekday + 5) % 7) + 1;
  const spans = (day: number) => sql`jsonb_array_elements(coalesce(f.opening_hours -> ${String(day)}, '[]'::jsonb)) s`;
  return sql`(exists (select 1 from ${spans(weekday)} where s ->> 'from' <= ${time}
      and (s ->> 'to' > ${time} or s ->> 'to' < s ->> 'from'))
    or exists (select 1 from ${spans(yesterday)} where s ->> 'to' < s ->> 'from' and s ->> 'to' > ${time}))`;
}
