/** Lists of codes that others publish: drugs by substance, devices by kind, diseases. */
export const nomenclatures = ['atc', 'emdn', 'icd10'] as const;
export type Nomenclature = (typeof nomenclatures)[number];

/** How long a code of ATC is at each of its levels. */
const atcLevels = [1, 3, 4, 5, 7];

/** The code an ATC code stands under; null: it stands at the top. */
export function atcParent(code: string): string | null {
  const level = atcLevels.indexOf(code.length);
  return level > 0 ? code.slice(0, atcLevels[level - 1]) : null;
}

/** A chapter of ICD-10: its number, first and last category. */
export interface IcdChapter {
  chapter: string;
  range: string;
}

/** The code an ICD-10 code stands under: `A00.1` under `A00`, that under its chapter where chapters are known. */
export function icdParent(code: string, chapters: readonly IcdChapter[]): string | null {
  const dot = code.indexOf('.');
  if (dot > 0) return code.slice(0, dot);
  const within = chapters.find(({ range }) => {
    const [first = '', last = ''] = range.split('-');
    return first <= code && code <= last;
  });
  return within?.range ?? null;
}
