import { dayOf } from '#server/platform/index.ts';

/**
 * The fields of an entry, each with its text form: one way to fill a form, read a sheet, write one and show a difference.
 * What a text cannot be read as stays text, so that the schema refuses it and names the field.
 */
export interface Field {
  /** key in the content; its label is the message `<register>.fields.<name>` */
  name: string;
  input: 'line' | 'lines' | 'date' | 'choice' | 'choices' | 'flag';
  /** of a choice: each labelled by the message `<register>.<name>.<option>`, or `<name>s` */
  options?: readonly string[];
  required: boolean;
  /** false: officials of the keeping authority alone */
  public: boolean;
  /** it holds the code of a province or ward: read under the name it has on the day asked for */
  unit?: 'province' | 'ward';
  parse(text: string): unknown;
  format(value: unknown): string;
}

interface Shown {
  required?: boolean;
  public?: boolean;
}

const shown = ({ required = false, public: open = true }: Shown) => ({ required, public: open });
const trimmed = (text: string): string | null => text.normalize('NFC').trim() || null;
const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const linesOf = (text: string): string[] => text.split(/\r?\n|;/).flatMap((each) => trimmed(each) ?? []);

/** One line of text. */
export const line = (name: string, more: Shown = {}): Field => ({
  name,
  input: 'line',
  ...shown(more),
  parse: (text) => trimmed(text)?.replace(/\s+/g, ' ') ?? null,
  format: asText,
});

/** A code of so many digits: spreadsheets take it for a number and drop the zeros it begins with. `least`: digits that are left. */
export const code = (name: string, digits: number, more: Shown & { least?: number } = {}): Field => ({
  ...line(name, more),
  parse: (text) => {
    const given = trimmed(text)?.replace(/\s+/g, ' ') ?? null;
    return given && /^\d+$/.test(given) && given.length >= (more.least ?? 1) ? given.padStart(digits, '0') : given;
  },
});

/** The code of a province or ward. */
export const unit = (name: string, level: 'province' | 'ward', more: Shown = {}): Field => ({
  ...code(name, level === 'ward' ? 5 : 2, more),
  unit: level,
});

/** Several lines of text that are one value. */
export const prose = (name: string, more: Shown = {}): Field => ({
  name,
  input: 'lines',
  ...shown(more),
  parse: trimmed,
  format: asText,
});

/** A number as Vietnamese or English write it: `1.234,5`, `1234.5`. `whole`: no decimals, dots part thousands. */
export const number = (name: string, more: Shown & { whole?: boolean } = {}): Field => ({
  name,
  input: 'line',
  ...shown(more),
  parse: (text) => {
    const given = trimmed(text)?.replace(/[\s\u00a0]/g, '');
    if (!given) return null;
    const plain =
      given.includes(',') || (more.whole && /^-?\d{1,3}(\.\d{3})+$/.test(given))
        ? given.replace(/\./g, '').replace(',', '.')
        : given;
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : given;
  },
  format: asText,
});

/** A day: `31/12/2026`, `31.12.2026`, `2026-12-31` and the number a spreadsheet counts it by in, `yyyy-mm-dd` kept, `dd/mm/yyyy` out. */
export const date = (name: string, more: Shown = {}): Field => ({
  name,
  input: 'date',
  ...shown(more),
  parse: (text) => {
    const given = trimmed(text);
    // a cell that shows a day as the number spreadsheets count it by
    if (given && /^[2-7]\d{4}$/.test(given)) return dayOf(Number(given), false);
    const parts = given && /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(given);
    if (parts) return `${parts[3]}-${parts[2]!.padStart(2, '0')}-${parts[1]!.padStart(2, '0')}`;
    return given && /^\d{4}-\d{2}-\d{2}[T ]00:00/.test(given) ? given.slice(0, 10) : given;
  },
  format: (value) => asText(value).replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1'),
});

/** One of some; sheets name the option itself. */
export const choice = (name: string, options: readonly string[], more: Shown = {}): Field => ({
  name,
  input: 'choice',
  options,
  ...shown(more),
  parse: trimmed,
  format: asText,
});

/** Any of some. */
export const choices = (name: string, options: readonly string[], more: Shown = {}): Field => ({
  name,
  input: 'choices',
  options,
  ...shown(more),
  parse: linesOf,
  // in the order of the options: ticks in another order say the same
  format: (value) =>
    Array.isArray(value) ? [...value].sort((a, b) => options.indexOf(a) - options.indexOf(b)).join('; ') : '',
});

/** Yes or no: `x`, `1`, `có`, `yes`, `true` say yes; nothing, `0`, `không`, `no` say no. */
export const flag = (name: string, more: Shown = {}): Field => ({
  name,
  input: 'flag',
  ...shown(more),
  parse: (text) => {
    const given = trimmed(text)?.toLowerCase() ?? '';
    if (['x', '1', 'có', 'yes', 'true', 'on'].includes(given)) return true;
    return ['', '0', 'không', 'no', 'false'].includes(given) ? false : given;
  },
  format: (value) => (value === true ? 'x' : ''),
});

/** A list of lines. */
export const list = (name: string, more: Shown = {}): Field => ({
  name,
  input: 'lines',
  ...shown(more),
  parse: linesOf,
  format: (value) => (Array.isArray(value) ? value.join('\n') : ''),
});

/** A small table: one row a line, its parts between bars: `Paracetamol | 500 mg | N02BE01`. */
export const table = (name: string, columns: readonly string[], more: Shown = {}): Field => ({
  name,
  input: 'lines',
  ...shown(more),
  parse: (text) =>
    linesOf(text).map((row) => {
      const parts = row.split('|').map((part) => trimmed(part));
      return parts.length > columns.length
        ? row
        : Object.fromEntries(columns.flatMap((column, index) => (parts[index] ? [[column, parts[index]]] : [])));
    }),
  format: (value) =>
    (Array.isArray(value) ? value : [])
      .map((row: Record<string, unknown>) =>
        columns
          .map((column) => asText(row[column]))
          .join(' | ')
          .replace(/( \| )+$/, ''),
      )
      .join('\n'),
});

/** The content that texts of fields say; what is not asked for, or says what stood there, stays as it was. */
export function contentOf(
  fields: readonly Field[],
  texts: Readonly<Record<string, string>>,
  before: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const content: Record<string, unknown> = { ...before };
  for (const field of fields) {
    const text = texts[field.name];
    if (text === undefined) continue;
    const said = field.parse(text);
    if (field.format(said) !== field.format(before[field.name])) content[field.name] = said;
  }
  return content;
}

/** The texts of a content, by field. */
export const textsOf = (fields: readonly Field[], content: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field.name, field.format(content[field.name])]));
