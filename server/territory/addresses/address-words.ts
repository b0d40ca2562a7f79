import { searchable } from '#server/platform/index.ts';

/** Kinds of unit as search compares them, the longer before those they end with. */
export const kinds = ['thanh pho', 'thi tran', 'thi xa', 'dac khu', 'phuong', 'tinh', 'quan', 'huyen', 'xa'];
/** Words of the longest name with its kind: Phường Văn Miếu - Quốc Tử Giám. */
const longestName = 8;

/** What people write for a kind: with a point anywhere, at the beginning of a part of the address also without. */
const shortKinds: Record<string, string> = {
  tp: 'thanh pho',
  tx: 'thi xa',
  tt: 'thi tran',
  p: 'phuong',
  q: 'quan',
  h: 'huyen',
  x: 'xa',
  t: 'tinh',
};
/** Names that are never written out. */
const shortNames: [RegExp, string][] = [
  [/\b(thanh pho |tp ?)?hcm\b/g, 'thanh pho ho chi minh'],
  [/\btt hue\b/g, 'thua thien hue'],
  [/\bbr ?vt\b/g, 'ba ria vung tau'],
  [/\bhuyen dao\b/g, 'huyen'],
];

/** An address as words, lower case without marks, kinds written out. */
export interface AddressWords {
  words: string[];
  /** numbers of the words with which a part begins: those after a comma, and the first */
  starts: Set<number>;
}

/** Reads what somebody typed: "P. Bến Nghé, Q.1, TP.HCM" and "phuong ben nghe, quan 1, ho chi minh" come out alike. */
export function addressWords(text: string): AddressWords {
  const words: string[] = [];
  const starts = new Set<number>();
  for (const part of text.split(/[,;\n|]+/)) {
    const plain = partWords(part);
    if (plain.length === 0) continue;
    starts.add(words.length);
    words.push(...plain);
  }
  return { words, starts };
}

function partWords(part: string): string[] {
  // a short kind with its point, or with a number right behind it
  const pointed = part.normalize('NFC').replace(/(?<![\p{L}\p{N}])(tp|tx|tt|[pqhxt])\.\s*/giu, (_, kind: string) => {
    return `${shortKinds[kind.toLowerCase()]} `;
  });
  const numbered = pointed.replace(/(?<![\p{L}\p{N}])([pq])(\d{1,2})(?![\p{L}\p{N}])/giu, (_, kind: string, number) => {
    return `${shortKinds[kind.toLowerCase()]} ${number}`;
  });
  let plain = searchable(numbered);
  for (const [short, long] of shortNames) plain = plain.replace(short, long);
  const [first = '', ...rest] = plain.split(' ');
  const kind = rest.length > 0 ? shortKinds[first] : undefined;
  return [...(kind === undefined ? [first] : kind.split(' ')), ...rest]
    .map((word) => word.replace(/^0+(?=\d)/, ''))
    .filter((word) => word !== '');
}

/** Every name with its kind that the words may hold: what a search by exact name is asked for. */
export function possibleNames({ words }: AddressWords): string[] {
  const names = new Set<string>();
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= Math.min(words.length, from + longestName); to++) {
      const phrase = words.slice(from, to).join(' ');
      names.add(phrase);
      // a number is a name only behind its kind
      if (!/^\d+$/.test(phrase)) for (const kind of kinds) names.add(`${kind} ${phrase}`);
    }
  }
  return [...names];
}

/** A name without its kind: "phuong ben nghe" → "ben nghe". */
export function bareName(name: string): string {
  const kind = kinds.find((each) => name.startsWith(`${each} `));
  return kind === undefined ? name : name.slice(kind.length + 1);
}
