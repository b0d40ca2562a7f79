import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { calendarOfNation } from '#server/calendar/index.ts';
import { search } from '#server/registers/index.ts';
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

const { inAlphabet, lowered, orderedPage, rankedPage } = search;
type Paging = search.Paging;

/** One found facility: which, and why it stands where it stands. */
export interface Hit {
  id: string;
  distanceKm: number | null;
}

const nothing = { hits: [], total: 0 };

/** When one asks, with the country's holidays where the criteria depend on them. */
export async function momentFor(db: Reader, { openNow }: Criteria, at: Date): Promise<Moment> {
  if (openNow === undefined) return { at, isHoliday: () => false };
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
  const moment = await momentFor(db, criteria, at);
  const filters = filtersOf(criteria, moment);
  const words = wordsOf(criteria.q);
  if (criteria.q && words === null) return { ...nothing, forgiving: false };
  if (words === null) {
    const { near } = criteria;
    const found = near
      ? await fetchNearest(db, { ...criteria, near }, filters, paging)
      : await fetchHits(db, criteria, filters, null, paging);
    return { ...found, forgiving: false };
  }
  const order = rank(criteria.q!, words.join(' '), words);
  const found = await fetchHits(db, criteria, [...filters, wordsCondition(words)], order, paging);
  if (found.total > 0 || criteria.exact) return { ...found, forgiving: false };
  const similar = await resembling(db, criteria, moment, words);
  if (!similar) return { ...nothing, forgiving: true };
  const resembles = [...filters, similar.condition];
  return { ...(await fetchHits(db, criteria, resembles, similar.score, paging)), forgiving: true };
}

/** All that fit, counted, and a page of them: by distance where it is asked for, then by `order` and the alphabet. */
async function fetchHits(db: Reader, criteria: Criteria, conditions: SQL[], order: SQL | null, paging: Paging) {
  const { near } = criteria;
  const name = inAlphabet(sql`f.name`);
  const entries = { from: registerFor(criteria), id: sql`f.id`, conditions };
  const { rows, total } = order
    ? await rankedPage(db, { ...entries, order: [near ? distanceTo(near) : sql`null::float8`, order, name] }, paging)
    : await orderedPage(db, { ...entries, order: [name] }, paging);
  return { hits: rows.map(({ id, first }) => ({ id, distanceKm: near ? (first as number) : null })), total };
}

/** The nearest of what fits the criteria (words aside), exact by true distance. */
export async function nearestFacilities(
  db: Reader,
  criteria: Criteria & { near: Point },
  count: number,
  at: Date,
): Promise<Hit[]> {
  const conditions = filtersOf(criteria, await momentFor(db, criteria, at));
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

/**
 * 0 the phrase with the very marks typed, 1 all words with their marks, 2 begins with it, 3 contains it, 4 all words, 5
 * elsewhere than in the name. A name that has not all words has them with no marks either: only the others are put in lower case.
 */
function rank(q: string, text: string, words: string[]): SQL {
  const typed = q.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const every = (column: SQL, list: string[]) => all(list.map((word) => sql`strpos(${column}, ${word}) > 0`));
  const marks = sql`(select case when strpos(n.name, ${typed}) > 0 then 0 when ${every(sql`n.name`, typed.split(' '))} then 1 end
    from (select ${lowered(sql`f.name`)} as name offset 0) n)`;
  return sql`case when not (${every(sql`f.search_name`, words)}) then 5 else coalesce(${marks},
    case when starts_with(f.search_name, ${text}) then 2 when strpos(f.search_name, ${text}) > 0 then 3 else 4 end) end`;
}
