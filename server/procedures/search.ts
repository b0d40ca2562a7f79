/** One thing that can be found: `text` are the words it is found by, the first weighing most. */
export interface SearchEntry {
  id: string;
  texts: string[];
}

export interface SearchHit {
  id: string;
  /** 0 to 1 and a little more; higher is better */
  score: number;
}

const lowered = (text: string) => text.normalize('NFC').toLowerCase();
const bare = (text: string) => lowered(text).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
const wordsOf = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3));
  return grams;
}

function similarity(a: string, b: string): number {
  const left = trigrams(a);
  const right = trigrams(b);
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared++;
  return shared / (left.size + right.size - shared);
}

/** One letter more, less, other, or two swapped. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  if (a.length === b.length) {
    if (a.slice(i + 1) === b.slice(i + 1)) return true;
    return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : b.slice(i + 1) === a.slice(i);
}

/** How well one typed word is met by one written word, both without accents. */
function wordScore(typed: string, written: string): number {
  if (typed === written) return 1;
  if (written.startsWith(typed)) return 0.8 + 0.15 * (typed.length / written.length);
  if (typed.length >= 3 && oneSlip(typed, written)) return 0.7;
  const alike = similarity(typed, written);
  return alike >= 0.4 ? 0.6 * alike : 0;
}

/** Words too short to be told apart when misspelt still count, but a query is met only when most of its weight is. */
const THRESHOLD = 0.5;

/**
 * Finds entries by words, forgiving missing accents (`nha thuoc` finds `nhà thuốc`), half-typed words and typing errors.
 * What is written with the very accents typed ranks before what only matches without them. An empty query finds all, in their order.
 */
export function searchCatalogue(entries: readonly SearchEntry[], query: string): SearchHit[] {
  const exactQuery = lowered(query).trim();
  const typed = wordsOf(bare(query));
  if (typed.length === 0) return entries.map((entry) => ({ id: entry.id, score: 0 }));
  const hits = entries.map((entry, order) => ({ id: entry.id, score: scoreOf(entry, typed, exactQuery), order }));
  return hits
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ id, score }) => ({ id, score }));
}

function scoreOf(entry: SearchEntry, typed: string[], exactQuery: string): number {
  let best = 0;
  entry.texts.forEach((text, i) => {
    const words = wordsOf(bare(text));
    const weight = typed.reduce((sum, word) => sum + word.length, 0);
    const met = typed.reduce(
      (sum, word) => sum + word.length * Math.max(0, ...words.map((written) => wordScore(word, written))),
      0,
    );
    const share = met / weight;
    if (share < THRESHOLD) return;
    const phrase = bare(text).includes(bare(exactQuery)) ? 0.1 : 0;
    const exactWords = new Set(wordsOf(lowered(text)));
    const asTyped = wordsOf(exactQuery);
    const accents = (asTyped.filter((word) => exactWords.has(word)).length / asTyped.length) * 0.2;
    best = Math.max(best, share + phrase + accents - Math.min(i, 5) * 0.03);
  });
  return best;
}
