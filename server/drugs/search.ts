import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { gtin14, searchable } from '#server/platform/index.ts';
import type { SearchDrugs } from './inputs.ts';
import { drugWords } from './rules.ts';

type Criteria = Omit<SearchDrugs, 'page' | 'pageSize'>;

const all = (conditions: SQL[]): SQL => (conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`);

/**
 * Finds drugs by words of name, ingredients and numbers, without marks and in any order. Order: names with the very marks typed,
 * names that begin with the words, the rest; then by the Vietnamese alphabet.
 */
export async function findDrugs(
  db: Reader,
  { q = '', status, prescription }: Criteria,
  { page, pageSize }: { page: number; pageSize: number },
  today: string,
): Promise<{ ids: string[]; total: number }> {
  const words = wordsOf(q);
  if (q.trim() !== '' && words.length === 0) return { ids: [], total: 0 };
  const conditions = [
    // what was closed by a merge is found where it went
    sql`(d.closed_on is null or d.closed_on > ${today}::date)`,
    ...words.map(holding),
    ...(status ? [sql`${statusOn(today)} = ${status}`] : []),
    ...(prescription ? [sql`d.prescription = ${prescription}`] : []),
  ];
  const typed = q.normalize('NFC').toLowerCase().trim().split(/\s+/)[0] ?? '';
  if (words.length === 0) return inAlphabet(db, conditions, { page, pageSize });
  // a name without the word has it with no marks either: only the others are put in lower case
  const rank = sql`case when strpos(d.search_name, ${words[0]}) = 0 then 2 when strpos(lower(d.name collate "pg_c_utf8"), ${typed}) > 0 then 0
    when starts_with(d.search_name, ${words[0]}) then 1 else 2 end`;
  const rows = await db.execute<{ id: string | null; total: number }>(sql`
    with hits as materialized (select d.id, d.name, ${rank} as place from drugs d where ${all(conditions)})
    select t.total::int, p.id from (select count(*) as total from hits) t left join lateral (
      select * from hits order by place, name collate "vi-x-icu", id limit ${pageSize} offset ${(page - 1) * pageSize}
    ) p on true order by p.place, p.name collate "vi-x-icu", p.id`);
  return { ids: rows.flatMap(({ id }) => id ?? []), total: rows[0]!.total };
}

/**
 * The text has the word. Of a long number the index is asked for the end alone: every number begins with the same digits, and
 * the lists of those are as long as the register.
 */
const holding = (word: string): SQL =>
  /^\d{10,}$/.test(word)
    ? sql`(d.search_text like ${`%${word.slice(-7)}%`} and strpos(d.search_text, ${word}) > 0)`
    : sql`d.search_text like ${`%${word}%`}`;

/** Without words: the index of names gives a page in order, so that nothing is sorted; all that fit are counted apart. */
async function inAlphabet(db: Reader, conditions: SQL[], { page, pageSize }: { page: number; pageSize: number }) {
  const [counted] = await db.execute<{ total: number }>(
    sql`select count(*)::int as total from drugs d where ${all(conditions)}`,
  );
  const rows = await db.execute<{ id: string }>(sql`
    select d.id from drugs d where ${all(conditions)}
    order by d.name collate "vi-x-icu", d.id limit ${pageSize} offset ${(page - 1) * pageSize}`);
  return { ids: rows.map(({ id }) => id), total: counted!.total };
}

/** A GTIN of any length is asked for as 14 digits, a number of digits without what parts them. */
function wordsOf(q: string): string[] {
  const digits = q.normalize('NFKC').replace(/[\s.-]/g, '');
  if (/^\d{8,14}$/.test(digits)) return [gtin14(digits) ?? digits];
  return drugWords(searchable(q));
}

/** `drugStatus` of the rules, in the database. */
const statusOn = (today: string): SQL =>
  sql`case when d.withdrawn_on <= ${today}::date then 'withdrawn' when d.valid_to < ${today}::date then 'expired' else 'inForce' end`;
