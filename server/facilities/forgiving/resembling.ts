import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { search } from '#server/registers/index.ts';
import { all, type Criteria, filtersOf, type Moment, registerFor } from '../search-conditions.ts';
import { type LikelyWord, likelyWords } from './likely-words.ts';

/** What resembles words that no entry has together, and how much: `score` falls with the likeness. */
export interface Resembling {
  condition: SQL;
  score: SQL;
}

/** An entry with less of the letters that were typed is another one, not the same with a typing error. */
const leastShare = 0.35;
/** Of the entries that resemble the query, those nearly as close as the closest. */
const nearToBest = 0.8;
/** What a word counts that is not the typed one, but likely meant. */
const likelyShare = 0.8;

const either = (conditions: SQL[]): SQL => sql`(${sql.join(conditions, sql` or `)})`;
const anyOf = (texts: readonly string[]): SQL => either(texts.map((text) => search.holding(sql`f.search_text`, text)));

/**
 * The entries a query with typing errors is likely to mean: words that some entry has are taken as they are, and of the
 * others the nearest words; when no entry has all of these, any word may have been meant for another; at last entries that
 * have most of them. null: nothing resembles it.
 */
export async function resembling(
  db: Reader,
  criteria: Criteria,
  moment: Moment,
  words: readonly string[],
): Promise<Resembling | null> {
  const meant = await likelyWords(db, words);
  const possible = meant.filter(({ known, likely }) => known || likely.length > 0);
  const letters = (list: readonly LikelyWord[]): number => list.reduce((sum, { typed }) => sum + typed.length, 0);
  if (possible.length === 0 || letters(possible) < leastShare * letters(meant)) return null;
  const inName = shareOf(possible, sql`f.search_name`);
  const inText = shareOf(possible, sql`f.search_text`);
  // what stands in the name counts twice: there one looks for it first
  const score = sql`- (${inText} + ${inName})`;
  const filters = filtersOf(criteria, moment);
  const fits = (condition: SQL): Promise<boolean> => finds(db, criteria, [...filters, condition]);
  const strict = possible.map(({ typed, known, likely }) => anyOf(known ? [typed] : likely));
  // all have the same words, and differ in where
  if (await fits(all(strict))) return { condition: all(strict), score: sql`- ${inName}` };
  const wide = all(possible.map((word) => anyOf(readings(word))));
  if (await fits(wide)) return { condition: wide, score };
  const least = leastShare * letters(meant);
  const missingOne = possible
    .map((_, index) => ({ words: possible.toSpliced(index, 1), conditions: strict.toSpliced(index, 1) }))
    .filter(({ words: rest }) => rest.length > 0 && letters(rest) >= least);
  for (const some of [missingOne.map(({ conditions }) => all(conditions)), [anyOf(possible.flatMap(readings))]]) {
    if (some.length === 0) continue;
    const [row] = await db.execute<{ best: number | null }>(
      sql`select max(${inText})::float8 as best ${registerFor(criteria)} where ${all([...filters, either(some)])}`,
    );
    if (!row?.best) continue;
    const enough = sql`${inText} >= ${Math.max(least, row.best * nearToBest)}::float8`;
    return { condition: sql`(${either(some)} and ${enough})`, score };
  }
  return null;
}

const readings = ({ typed, known, likely }: LikelyWord): string[] => (known ? [typed, ...likely] : likely);

async function finds(db: Reader, criteria: Criteria, conditions: SQL[]): Promise<boolean> {
  const [found] = await db.execute(sql`select 1 ${registerFor(criteria)} where ${all(conditions)} limit 1`);
  return found !== undefined;
}

/** Letters of the words a text has; those it has in the place of typed ones count less. */
function shareOf(words: readonly LikelyWord[], text: SQL): SQL {
  const parts = words.map(({ typed, known, likely }) => {
    const count = (share: number) => sql`${typed.length * share}::float8`;
    const asTyped = known ? sql`when strpos(${text}, ${typed}) > 0 then ${count(1)}` : sql``;
    const asLikely =
      likely.length > 0
        ? sql`when ${either(likely.map((word) => sql`strpos(${text}, ${word}) > 0`))} then ${count(likelyShare)}`
        : sql``;
    return sql`case ${asTyped} ${asLikely} else 0::float8 end`;
  });
  return sql`(${sql.join(parts, sql` + `)})`;
}
