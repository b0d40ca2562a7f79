import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { gtin14, searchable } from '#server/platform/index.ts';
import { search } from '#server/registers/index.ts';
import type { SearchDevices } from './inputs.ts';
import { statusOn } from './status-on.ts';
import { readUdi } from './udi.ts';

const { holding, inAlphabet, rankByFirstWord, rankedPage } = search;

type Criteria = Omit<SearchDevices, 'page' | 'pageSize'>;

/**
 * Finds device models by words of name, maker, model, type and number, without marks and in any order, or by the code on their
 * label. Order: names with the very marks typed, names that begin with the words, the rest; then the Vietnamese alphabet.
 */
export async function findDevices(
  db: Reader,
  { q = '', status, deviceClass, emdn }: Criteria,
  paging: search.Paging,
  today: string,
): Promise<{ ids: string[]; total: number }> {
  const words = wordsOf(q, today);
  if (q.trim() !== '' && words.length === 0) return { ids: [], total: 0 };
  const conditions = [
    // what was closed by a merge is found where it went
    sql`(d.closed_on is null or d.closed_on > ${today}::date)`,
    ...words.map((word) => holding(sql`d.search_text`, word)),
    ...(status ? [sql`${statusOn(days, today)} = ${status}`] : []),
    ...(deviceClass ? [sql`d.device_class = ${deviceClass}`] : []),
    ...(emdn ? [sql`starts_with(d.emdn, ${emdn})`] : []),
  ];
  const rank = words.length === 0 ? sql`0` : rankByFirstWord(columns, words[0]!, q);
  const order: search.Search['order'] = [rank, inAlphabet(sql`d.name`), sql`d.model`];
  const { rows, total } = await rankedPage(db, { from: sql`from devices d`, id: sql`d.id`, conditions, order }, paging);
  return { ids: rows.map(({ id }) => id), total };
}

const columns = { name: sql`d.name`, searchName: sql`d.search_name` };

/** A scan asks for its device, a GTIN of any length for its 14 digits; a word with signs in it also for what stands without them. */
function wordsOf(q: string, today: string): string[] {
  const scanned = readUdi(q, today).udi;
  if (scanned) return [scanned.di];
  const digits = q.normalize('NFKC').replace(/[\s.-]/g, '');
  if (/^\d{8,14}$/.test(digits) && gtin14(digits)) return [gtin14(digits)!];
  return searchable(q).split(' ').filter(Boolean);
}

const days = {
  validTo: sql`d.valid_to`,
  suspendedFrom: sql`d.suspended_from`,
  suspendedTo: sql`d.suspended_to`,
  withdrawnOn: sql`d.withdrawn_on`,
};
