import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '#server/territory/index.ts';
import { atcParent, icdParent, type Nomenclature } from './rules.ts';

/** One code as a list gives it. */
export interface ListedCode {
  system: Nomenclature;
  code: string;
  name: string | null;
  nameEn: string | null;
  parent: string | null;
}

const files: Record<Nomenclature, string[]> = {
  atc: ['atc_codes.csv'],
  emdn: ['emdn_device_nomenclature.csv'],
  icd10: ['icd10_who_en.csv', 'icd10_chapters_vi.csv'],
};

/** What the operator's folder holds of a list: its bytes' digest, and the codes when asked. null: the list is not there. */
export function listIn(
  folder: string | undefined,
  system: Nomenclature,
): { digest: string; read: () => ListedCode[] } | null {
  const present = folder === undefined ? [] : files[system].map((file) => join(folder, file)).filter(existsSync);
  if (folder === undefined || !present.includes(join(folder, files[system][0]!))) return null;
  const texts = present.map((file) => readFileSync(file, 'utf8'));
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return { digest: hash.digest('hex'), read: () => once(readers[system](texts.map(parseCsv))) };
}

type Rows = Record<string, string>[];
const said = (text: string | undefined): string | null => text?.normalize('NFC').trim() || null;

const readers: Record<Nomenclature, (tables: Rows[]) => ListedCode[]> = {
  atc: ([codes = []]) =>
    codes.flatMap((row) => {
      const code = said(row.code);
      return code
        ? [{ system: 'atc', code, name: said(row.name_vi), nameEn: said(row.name_en), parent: atcParent(code) }]
        : [];
    }),
  emdn: ([codes = []]) =>
    codes.flatMap((row) => {
      const code = said(row.code);
      const names = { name: said(row.term_vi), nameEn: said(row.term_en) };
      return code ? [{ system: 'emdn', code, ...names, parent: said(row.parent) }] : [];
    }),
  icd10: ([codes = [], chapterRows = []]) => {
    const chapters = chapterRows.flatMap(({ chapter, range, name_vi: name }) =>
      chapter && range ? [{ chapter, range, name: said(name) }] : [],
    );
    return [
      ...chapters.map(
        ({ range, name }): ListedCode => ({ system: 'icd10', code: range, name, nameEn: null, parent: null }),
      ),
      ...codes.flatMap((row): ListedCode[] => {
        const code = said(row.code);
        if (!code) return [];
        const names = { name: said(row.name_vi), nameEn: said(row.name_en) };
        return [{ system: 'icd10', code, ...names, parent: icdParent(code, chapters) }];
      }),
    ];
  },
};

/** The first of those with one code: a list that repeats itself is loaded all the same. */
function once(codes: ListedCode[]): ListedCode[] {
  const seen = new Set<string>();
  return codes.filter(({ code }) => !seen.has(code) && seen.add(code));
}
