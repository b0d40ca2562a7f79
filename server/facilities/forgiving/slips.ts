/** Longer ones are no words. */
export const longestWord = 40;

/** So many letters of a word may be wrong, missing, doubled or swapped: of a short word one makes another word. */
export function mostSlips(word: string): number {
  if (word.length < 3 || word.length > longestWord) return 0;
  return word.length < 6 ? 1 : 2;
}

/** How many letters of one word are wrong, missing, too many, or swapped with their neighbour. */
export function slipsBetween(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      row.push(swapped ? Math.min(best, before[j - 2]! + 1) : best);
    }
    [before, last] = [last, row];
  }
  return last[other.length]!;
}

/** Every part of a word that could be a word of its own. */
export function partsOf(word: string): string[] {
  if (word.length < 3 || word.length > longestWord) return [];
  const parts = new Set<string>();
  for (let from = 0; from < word.length; from += 1)
    for (let to = from + 1; to <= word.length; to += 1) parts.add(word.slice(from, to));
  parts.delete(word);
  return [...parts];
}

/**
 * The words that were typed as one, their space forgotten or another key hit for it: the fewest known words it falls into,
 * or two with one letter between them.
 */
export function wordsTypedAsOne(word: string, known: ReadonlySet<string>): string[][] {
  const found: string[][] = [];
  for (let at = 1; at < word.length - 1; at += 1) {
    const [first, rest] = [word.slice(0, at), word.slice(at + 1)];
    if (known.has(first) && known.has(rest)) found.push([first, rest]);
  }
  const whole = fewestWords(word, known);
  return whole ? [whole, ...found] : found;
}

function fewestWords(word: string, known: ReadonlySet<string>): string[] | undefined {
  // best[n]: the fewest words that make the first n letters
  const best: (string[] | undefined)[] = [[]];
  for (let to = 1; to <= word.length; to += 1) {
    for (let from = 0; from < to; from += 1) {
      const [start, part] = [best[from], word.slice(from, to)];
      if (!start || !known.has(part)) continue;
      const present = best[to];
      if (!present || start.length + 1 < present.length) best[to] = [...start, part];
    }
  }
  return best[word.length];
}
