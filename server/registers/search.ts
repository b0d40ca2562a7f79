import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';

export interface Paging {
  page: number;
  pageSize: number;
}

/** What is searched: the rows of a register that fit, and by what they are put in order, the least first. */
export interface Search {
  /** with the alias that the other parts use */
  from: SQL;
  id: SQL;
  conditions: SQL[];
  order: [SQL, ...SQL[]];
}

export interface Found {
  /** `first`: what the row has of the first part of the order */
  rows: { id: string; first: unknown }[];
  /** all that fit */
  total: number;
}

export const all = (conditions: SQL[]): SQL => (conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`);

/** By the Vietnamese alphabet. */
export const inAlphabet = (text: SQL): SQL => sql`${text} collate "vi-x-icu"`;

/**
 * The text has the word. One or two characters are the beginning of a word of it: a house number 7 is none of 93117, and the
 * index knows no pieces that short but where a word begins. Of a long number the index is asked for the end alone: numbers of
 * one kind begin with the same digits, and the lists of those are as long as the register.
 * @param text as `searchable` writes it @param word of letters and digits alone
 */
export function holding(text: SQL, word: string): SQL {
  // one condition, not two with "or": the index is then asked for all words at once, the rare ones first
  if (word.length < 3) return sql`${text} ~ ${`(^| )${word}`}`;
  if (/^\d{10,}$/.test(word)) return sql`(${text} like ${`%${word.slice(-7)}%`} and strpos(${text}, ${word}) > 0)`;
  return sql`${text} like ${`%${word}%`}`;
}

/** One page of what fits, and how many fit: each row is looked at once. */
export async function rankedPage(db: Reader, search: Search, { page, pageSize }: Paging): Promise<Found> {
  const names = search.order.map((_, index) => sql.identifier(`key_${index}`));
  const keys = sql.join(
    search.order.map((part, index) => sql`${part} as ${names[index]}`),
    sql`, `,
  );
  const listed = (prefix: SQL) =>
    sql.join(
      [...names, sql.identifier('id')].map((name) => sql`${prefix}${name}`),
      sql`, `,
    );
  const rows = await db.execute<{ id: string | null; first: unknown; total: number }>(sql`
    with hits as materialized (select ${search.id} as id, ${keys} ${search.from} where ${all(search.conditions)})
    select t.total::int, p.id, p.key_0 as first from (select count(*) as total from hits) t left join lateral (
      select * from hits order by ${listed(sql``)} limit ${pageSize} offset ${(page - 1) * pageSize}
    ) p on true order by ${listed(sql`p.`)}`);
  return {
    rows: rows.flatMap(({ id, first }) => (id ? [{ id, first }] : [])),
    total: rows[0]!.total,
  };
}

/** The same where an index gives the order: a page is read from it, nothing is sorted, and all that fit are counted apart. */
export async function orderedPage(db: Reader, search: Search, { page, pageSize }: Paging): Promise<Found> {
  const where = all(search.conditions);
  const order = sql.join([...search.order, search.id], sql`, `);
  const [[counted], rows] = await Promise.all([
    db.execute<{ total: number }>(sql`select count(*)::int as total ${search.from} where ${where}`),
    db.execute<{ id: string; first: unknown }>(sql`
      select ${search.id} as id, ${search.order[0]} as first ${search.from} where ${where}
      order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}`),
  ]);
  return { rows: [...rows], total: counted!.total };
}

/** In lower case with its marks, by the rules of the database: those of one language take twice as long. */
export const lowered = (name: SQL): SQL => sql`lower(${name})`;

/**
 * 0 a name with the very marks of the first word that was typed, 1 one that begins with it, 2 the rest. A name without the
 * word has it with no marks either: only the others are put in lower case.
 */
export function rankByFirstWord(row: { name: SQL; searchName: SQL }, word: string, q: string): SQL {
  const typed = q.normalize('NFC').toLowerCase().trim().split(/\s+/)[0] ?? '';
  return sql`case when strpos(${row.searchName}, ${word}) = 0 then 2 when strpos(${lowered(row.name)}, ${typed}) > 0 then 0
    when starts_with(${row.searchName}, ${word}) then 1 else 2 end`;
}
