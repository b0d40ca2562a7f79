import { formNameField } from './form-name.ts';

/** Never sent back to the browser in a page. */
const secret = /password|secret|pin$|otp/i;

/** What was entered, by name: several inputs of one name become a list. Files, secrets and framework fields stay out. */
export function valuesOf(data: FormData): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(data.keys())) {
    if (name.startsWith('$ACTION') || name === formNameField || secret.test(name)) continue;
    const texts = data.getAll(name).filter((value) => typeof value === 'string');
    if (texts.length > 0) values[name] = texts.length === 1 ? texts[0]! : texts;
  }
  return values;
}

/** A text of the form, trimmed and in NFC; '' when it is not there. */
export function readText(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value.normalize('NFC').trim() : '';
}

/** The ticked values of a name. */
export function readList(data: FormData, name: string): string[] {
  return data.getAll(name).filter((value) => typeof value === 'string' && value !== '') as string[];
}

/**
 * The date of a DateField as `yyyy-mm-dd`; '' when all three parts are empty. What is no date comes back as typed
 * (`31-2-2026`), so that the schema that checks it says so.
 */
export function readDate(data: FormData, name: string): string {
  const [day, month, year] = ['day', 'month', 'year'].map((part) =>
    readText(data, `${name}.${part}`).normalize('NFKC'),
  ) as [string, string, string];
  if (!day && !month && !year) return '';
  // a year of two digits is none: 26 is not the year 26
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return real ? text : `${day}-${month}-${year}`;
}

/** A number as people type it: `1.500.000`, `1 500 000`, `24,5`; '' when empty, NaN when it is none. */
export function readNumber(data: FormData, name: string): number | '' {
  const text = readText(data, name).normalize('NFKC').replace(/\s/g, '');
  if (text === '') return '';
  const plain = /^-?\d{1,3}([.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
