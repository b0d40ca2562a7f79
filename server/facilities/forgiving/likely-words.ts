import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { longestWord, mostSlips, partsOf, slipsBetween, wordsTypedAsOne } from './slips.ts';

/** What may be meant by a word that was typed. */
export interface LikelyWord {
  typed: string;
  /** some entry has it, within a word or as one */
  known: boolean;
  /** other words or phrases of the register, as few slips away as possible */
  likely: string[];
}

/** More than these say nothing any more. */
const mostLikely = 20;

/** Reads words of a query by the words the register has. */
export async function likelyWords(db: Reader, words: readonly string[]): Promise<LikelyWord[]> {
  const distinct = [...new Set(words)].slice(0, 30);
  const [known, near, parts] = [
    await knownOf(db, distinct),
    await nearWords(db, distinct),
    await knownParts(db, distinct),
  ];
  return distinct.map((typed) => {
    const others = (near.get(typed) ?? []).filter((word) => word !== typed);
    const split = wordsTypedAsOne(typed, parts).map((each) => each.join(' '));
    return { typed, known: known.has(typed), likely: [...new Set([...split, ...others])].slice(0, mostLikely) };
  });
}

const isNumber = (word: string): boolean => /[0-9]/.test(word);

/** Words stand in their list, short ones as beginnings; a number is looked up among the entries, where it is no shorter than the index can tell. */
async function knownOf(db: Reader, words: readonly string[]): Promise<Set<string>> {
  const rows = await db.execute<{ word: string }>(sql`
    select a.word from unnest(${sql.param([...words])}::text[]) a(word) where case
      when a.word !~ '[0-9]' then exists (select from facility_words k
        where case when length(a.word) < 3 then starts_with(k.word, a.word) else strpos(k.word, a.word) > 0 end)
      else length(a.word) < 3 or exists (select from facilities f where f.search_text like '%' || a.word || '%') end`);
  return new Set(rows.map(({ word }) => word));
}

/** The nearest of the words, or of beginnings of words, within the slips a word of its length may have. */
async function nearWords(db: Reader, words: readonly string[]): Promise<Map<string, string[]>> {
  const asked = words.filter((word) => !isNumber(word) && mostSlips(word) > 0);
  if (asked.length === 0) return new Map();
  // two letters that were swapped are two apart for the database: what it finds is looked at again
  const rows = await db.execute<{ typed: string; word: string }>(sql`
    select distinct a.typed, w.word
    from unnest(${sql.param(asked)}::text[], ${sql.param(asked.map((word) => mostSlips(word) + 1))}::int[]) a(typed, most)
    join facility_words k on length(k.word) between length(a.typed) - a.most and ${longestWord}::int
    cross join lateral (select k.word as word where length(k.word) < length(a.typed) + a.most
      union all select left(k.word, length(a.typed)) where length(k.word) > length(a.typed) and length(a.typed) > 4) w
    where levenshtein_less_equal(w.word, a.typed, a.most) <= a.most`);
  const near = new Map<string, string[]>();
  for (const typed of asked) {
    const found = rows
      .filter((row) => row.typed === typed && row.word !== typed)
      .map(({ word }) => ({ word, slips: slipsBetween(typed, word), otherStart: word[0] === typed[0] ? 0 : 1 }))
      .filter(({ slips }) => slips <= mostSlips(typed))
      .sort((a, b) => a.slips - b.slips || a.otherStart - b.otherStart || (a.word < b.word ? -1 : 1));
    near.set(
      typed,
      found.filter(({ slips }) => slips === found[0]!.slips).map(({ word }) => word),
    );
  }
  return near;
}

/** What words could have been typed together, as far as they are words. */
async function knownParts(db: Reader, words: readonly string[]): Promise<Set<string>> {
  const parts = [...new Set(words.flatMap(partsOf))];
  if (parts.length === 0) return new Set();
  const rows = await db.execute<{ word: string }>(
    sql`select distinct word from facility_words where word = any(${sql.param(parts)}::text[])`,
  );
  return new Set(rows.map(({ word }) => word));
}
