import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { drugWords } from '#server/drugs/rules.ts';
import { gtin14, searchable } from '#server/platform/index.ts';

/** One statement a question, as somebody writes it who has the tables before them: all rows with a count, ordered, the first twenty. */
interface Found {
  ids: string[];
  total: number;
}

/** The word somewhere in the text; one or two characters begin a word. */
const has = (word: string): SQL =>
  word.length < 3 ? sql`search_text ~ ${`(^| )${word}`}` : sql`search_text like ${`%${word}%`}`;
const all = (conditions: SQL[]): SQL => sql.join(conditions, sql` and `);
const asked = (rows: readonly { id: string; total: number }[]): Found => ({
  ids: rows.map(({ id }) => id),
  total: rows[0]?.total ?? 0,
});

function drugWordsOf(q: string): string[] {
  const digits = q.replace(/[\s.-]/g, '');
  return /^\d{8,14}$/.test(digits) ? [gtin14(digits) ?? digits] : drugWords(searchable(q));
}

export async function bareDrugs(db: Database, q: string, today: string): Promise<Found> {
  const words = drugWordsOf(q);
  const typed = q.toLowerCase().split(' ')[0]!;
  const rows = await db.execute<{ id: string; total: number }>(sql`
    select *, count(*) over ()::int as total from drugs
    where (closed_on is null or closed_on > ${today}::date) and ${all(words.map(has))}
    order by case when strpos(lower(name collate "vi-x-icu"), ${typed}) > 0 then 0 when starts_with(search_name, ${words[0]!}) then 1 else 2 end,
      name collate "vi-x-icu", id limit 20`);
  return asked(rows);
}

export async function bareFacilities(db: Database, q: string, today: string): Promise<Found> {
  const text = searchable(q);
  const words = text.split(' ');
  const typed = q.toLowerCase();
  const name = sql`lower(name collate "vi-x-icu")`;
  const every = (column: SQL, list: string[]) => all(list.map((word) => sql`strpos(${column}, ${word}) > 0`));
  const rows = await db.execute<{ id: string; total: number }>(sql`
    select *, count(*) over ()::int as total from facilities
    where (closed_on is null or closed_on > ${today}::date) and ${all(words.map(has))}
    order by case when strpos(${name}, ${typed}) > 0 then 0 when ${every(name, typed.split(' '))} then 1
      when starts_with(search_name, ${text}) then 2 when strpos(search_name, ${text}) > 0 then 3
      when ${every(sql`search_name`, words)} then 4 else 5 end, name collate "vi-x-icu", id limit 20`);
  return asked(rows);
}

/** Without an index: what a search costs that was never thought about. */
async function scan(db: Database, rows: SQL): Promise<Found> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_bitmapscan = off`);
    await tx.execute(sql`set local enable_indexscan = off`);
    return asked(await tx.execute<{ id: string; total: number }>(rows));
  });
}

export const scanDrugs = (db: Database, q: string): Promise<Found> =>
  scan(
    db,
    sql`select *, count(*) over ()::int as total from drugs where ${all(drugWordsOf(q).map((word) => sql`search_text ilike ${`%${word}%`}`))} order by name limit 20`,
  );

export const scanFacilities = (db: Database, q: string): Promise<Found> =>
  scan(
    db,
    sql`select *, count(*) over ()::int as total from facilities where ${all(
      searchable(q)
        .split(' ')
        .map((word) => sql`search_text ilike ${`%${word}%`}`),
    )} order by name limit 20`,
  );
