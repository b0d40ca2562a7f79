import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { gtin14, searchable } from '#server/platform/index.ts';
import { search } from '#server/registers/index.ts';
import type { SearchDrugs } from './inputs.ts';
import { drugWords } from './rules.ts';
import { statusOn } from './status-on.ts';

type Criteria = Omit<SearchDrugs, 'page' | 'pageSize'>;

const { holding, inAlphabet, orderedPage, rankByFirstWord, rankedPage } = search;

/**
 * Finds drugs by words of name, ingredients and numbers, without marks and in any order. Order: names with the very marks typed,
 * names that begin with the words, the rest; then by the Vietnamese alphabet.
 */
export async function findDrugs(
  db: Reader,
  { q = '', status, prescription }: Criteria,
  paging: search.Paging,
  today: string,
): Promise<{ ids: string[]; total: number }> {
  const words = wordsOf(q);
  if (q.trim() !== '' && words.length === 0) return { ids: [], total: 0 };
  const conditions = [
    // what was closed by a merge is found where it went
    sql`(d.closed_on is null or d.closed_on > ${today}::date)`,
    ...words.map((word) => holding(sql`d.search_text`, word)),
    ...(status ? [sql`${statusOn(days, today)} = ${status}`] : []),
    ...(prescription ? [sql`d.prescription = ${prescription}`] : []),
  ];
  const drugs = { from: sql`from drugs d`, id: sql`d.id`, conditions };
  const name = inAlphabet(sql`d.name`);
  const { rows, total } =
    words.length === 0
      ? await orderedPage(db, { ...drugs, order: [name] }, paging)
      : await rankedPage(db, { ...drugs, order: [rankByFirstWord(columns, words[0]!, q), name] }, paging);
  return { ids: rows.map(({ id }) => id), total };
}

const columns = { name: sql`d.name`, searchName: sql`d.search_name` };

/** A GTIN of any length is asked for as 14 digits, a number of digits without what parts them. */
function wordsOf(q: string): string[] {
  const digits = q.normalize('NFKC').replace(/[\s.-]/g, '');
  if (/^\d{8,14}$/.test(digits)) return [gtin14(digits) ?? digits];
  return drugWords(searchable(q));
}

const days = { validTo: sql`d.valid_to`, withdrawnOn: sql`d.withdrawn_on` };
