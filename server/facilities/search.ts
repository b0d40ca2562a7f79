import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { calendarOfNation } from '#server/calendar/index.ts';
import { resembling } from './forgiving/resembling.ts';
import {
  all,
  type Criteria,
  distanceTo,
  filtersOf,
  lineTo,
  type Moment,
  type Point,
  registerFor,
  wordsCondition,
  wordsOf,
} from './search-conditions.ts';

/** One found facility: which, and why it stands where it stands. */
export interface Hit {
  id: string;
  distanceKm: number | null;
}

const nothing = { hits: [], total: 0 };

interface Paging {
  page: number;
  pageSize: number;
}

/** When one asks, with the country's holidays. */
export async function momentFor(db: Reader, at: Date): Promise<Moment> {
  const { holidays } = await calendarOfNation(db);
  return { at, isHoliday: (date) => date in holidays };
}

/**
 * Finds facilities by every criterion at once. Words are found anywhere in name, code, numbers and address, without
 * marks, or name a service; when nothing has all words, the names that resemble them most. Order: by distance with
 * `near`, else names with the very marks typed, then names beginning with the words, then the rest, by the Vietnamese
 * alphabet.
 */
export async function findFacilities(
  db: Reader,
  criteria: Criteria,
  paging: Paging,
  at: Date,
): Promise<{ hits: Hit[]; total: number; forgiving: boolean }> {
  const moment = await momentFor(db, at);
  const filters = filtersOf(criteria, moment);
  const words = wordsOf(criteria.q);
  if (criteria.q && words === null) return { ...nothing, forgiving: false };
  if (words === null) {
    const { near } = criteria;
    const found = near
      ? await fetchNearest(db, { ...criteria, near }, filters, paging)
      : await fetchHits(db, criteria, filters, sql`0`, paging);
    return { ...found, forgiving: false };
  }
  const order = rank(criteria.q!, words.join(' '), words);
  const found = await fetchHits(db, criteria, [...filters, wordsCondition(words)], order, paging);
  if (found.total > 0) return { ...found, forgiving: false };
  const similar = await resembling(db, criteria, moment, words);
  if (!similar) return { ...nothing, forgiving: true };
  const resembles = [...filters, similar.condition];
  return { ...(await fetchHits(db, criteria, resembles, similar.score, paging)), forgiving: true };
}

async function fetchHits(
  db: Reader,
  criteria: Criteria,
  conditions: SQL[],
  order: SQL,
  { page, pageSize }: Paging,
): Promise<{ hits: Hit[]; total: number }> {
  const distance = criteria.near ? distanceTo(criteria.near) : sql`null::float8`;
  const rows = await db.execute<{ id: string | null; distance_km: number | null; total: number }>(sql`
    with hits as materialized (
      select f.id, f.name, ${distance} as distance_km, ${order} as place ${registerFor(criteria)} where ${all(conditions)}
    )
    select t.total::int, p.id, p.distance_km from (select count(*) as total from hits) t left join lateral (
      select * from hits order by distance_km, place, name collate "vi-x-icu", id
      limit ${pageSize} offset ${(page - 1) * pageSize}
    ) p on true order by p.distance_km, p.place, p.name collate "vi-x-icu", p.id`);
  const hits = rows.flatMap(({ id, distance_km }) => (id ? [{ id, distanceKm: distance_km }] : []));
  return { hits, total: rows[0]!.total };
}

/** The nearest of what fits the criteria (words aside), exact by true distance. */
export async function nearestFacilities(
  db: Reader,
  criteria: Criteria & { near: Point },
  count: number,
  at: Date,
): Promise<Hit[]> {
  const conditions = filtersOf(criteria, await momentFor(db, at));
  return nearestHits(db, criteria, conditions, { page: 1, pageSize: count });
}

/** All that fit, counted, and a page of them by distance. */
async function fetchNearest(db: Reader, criteria: Criteria & { near: Point }, conditions: SQL[], paging: Paging) {
  const [count] = await db.execute<{ total: number }>(
    sql`select count(*)::int as total ${registerFor(criteria)} where ${all(conditions)}`,
  );
  return { hits: await nearestHits(db, criteria, conditions, paging), total: count!.total };
}

/** The index on the points gives them in order: nothing is computed for those further away. */
async function nearestHits(
  db: Reader,
  criteria: Criteria & { near: Point },
  conditions: SQL[],
  { page, pageSize }: Paging,
): Promise<Hit[]> {
  const { near } = criteria;
  const rows = await db.execute<{ id: string; distance_km: number }>(sql`
    select f.id, ${distanceTo(near)} as distance_km ${registerFor(criteria)} where ${all(conditions)}
    order by ${lineTo(near)}, f.id limit ${pageSize} offset ${(page - 1) * pageSize}`);
  return rows.map(({ id, distance_km }) => ({ id, distanceKm: distance_km }));
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
