/** A code alone is no key: codes are used again after a reform, so that every unit has a time in which it holds. */
export interface TerritoryFacts {
  level: 'province' | 'ward';
  code: string;
  name: string;
  fullName: string;
  nameEn: string;
  fullNameEn: string;
  /** wards: code of the province */
  parentCode: string | null;
  /** YYYY-MM-DD */
  validFrom: string;
  latitude: number | null;
  longitude: number | null;
}

/** The first day of the two-level structure: 34 provinces, 3,321 wards (Resolution 202/2025/QH15). */
export const twoLevelsSince = '2025-07-01';

/** Rows of a comma CSV with header (RFC 4180): quoted fields may hold commas, quotes and line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)!.push(field);
      field = '';
      if (letter === '\n') rows.push([]);
    } else if (letter !== '\r') field += letter;
  }
  rows.at(-1)!.push(field);
  const [header = [], ...body] = rows.filter((row) => row.length > 1 || row[0] !== '');
  return body.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

const numberOrNull = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
};

const required = (row: Record<string, string>, column: string, file: string): string => {
  const value = row[column]?.normalize('NFC').trim();
  if (!value) throw new Error(`${file}: a row has no ${column}: ${JSON.stringify(row)}`);
  return value;
};

/** The rows of `vn_provinces_34.csv`; centres come from elsewhere. */
export const provincesOf = (csv: string, centres: Map<string, [number, number]>): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = (column: string) => required(row, column, 'vn_provinces_34.csv');
    const [latitude, longitude] = centres.get(text('code')) ?? [null, null];
    return {
      level: 'province',
      code: text('code'),
      name: text('name'),
      fullName: text('full_name'),
      nameEn: text('name_en'),
      fullNameEn: text('full_name_en'),
      parentCode: null,
      validFrom: twoLevelsSince,
      latitude,
      longitude,
    };
  });

/** The rows of `vn_wards_3321.csv`. */
export const wardsIn = (csv: string): TerritoryFacts[] =>
  parseCsv(csv).map((row) => {
    const text = (column: string) => required(row, column, 'vn_wards_3321.csv');
    return {
      level: 'ward',
      code: text('code'),
      name: text('name'),
      fullName: text('full_name'),
      nameEn: text('name_en'),
      fullNameEn: text('full_name_en'),
      parentCode: text('province_code'),
      validFrom: twoLevelsSince,
      latitude: numberOrNull(row.lat),
      longitude: numberOrNull(row.lng),
    };
  });
