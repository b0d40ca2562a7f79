import type { FieldDefinition } from './definition.ts';
import { isRealDate } from './formats.ts';
import type { Json } from './schema.ts';

/** What a form control sends: one text, several ticked values, or the three fields of a date. */
export type RawAnswer = string | readonly string[] | { day: string; month: string; year: string } | null | undefined;

/** NFC, so that a letter typed as base and mark equals the composed one; invisible and repeated spaces go. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .trim();
}

function cleanLines(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/**
 * A number as people write it: `1.234,5`, `1 234`, `35,5`, `35.5`. A single point before exactly three digits separates thousands, as Vietnamese does.
 * What is no number stays text, so that validation can say so.
 */
export function parseNumber(text: string): number | string {
  const compact = text.normalize('NFKC').replaceAll(/[\s_]/g, '');
  const thousands = /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(compact);
  const plain = thousands ? compact.replaceAll('.', '').replace(',', '.') : compact.replace(',', '.');
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** A date as `YYYY-MM-DD` from `dd/mm/yyyy` (also with dots or dashes), from three fields, or as a date input sends it. What is no date stays as typed. */
export function parseDate(raw: string | { day: string; month: string; year: string }): string {
  const parts = typeof raw === 'string' ? [raw] : [raw.day, raw.month, raw.year];
  const typed = parts.map((part) => cleanText(part).normalize('NFKC')).join('/');
  if (typed === '//') return '';
  const local = /^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})$/.exec(typed);
  const [day, month, year] = local ? local.slice(1, 4).map(Number) : [];
  if (day === undefined || month === undefined || year === undefined || !isRealDate(year, month, day)) return typed;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A phone number with its leading 0: spaces, dots, dashes, slashes and brackets go; +84, 0084 and 84 before nine or ten digits become 0. */
export function parsePhone(text: string): string {
  const compact = text.normalize('NFKC').replaceAll(/[\s.\-‐-―()/]/g, '');
  return compact.replace(/^(?:\+84|0084)0?/, '0').replace(/^84(?=\d{9,10}$)/, '0');
}

/** A code of digits: spaces, dots and dashes go (`0101234567-001` → `0101234567001`). */
export function parseDigits(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s.\-‐-―]/g, '');
}

function parseTime(text: string): string {
  const parts = /^(\d{1,2})\s*[:hg.]\s*(\d{2})?$/i.exec(text);
  return parts ? `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}` : text;
}

/** The stored value of what was typed; undefined when nothing was. Never throws: what cannot be read stays as typed for validation to name. */
export function parseField(field: Pick<FieldDefinition, 'control'>, raw: RawAnswer): Json | undefined {
  if (raw === null || raw === undefined) return undefined;
  if (field.control === 'checkboxes') {
    const list = (Array.isArray(raw) ? raw : [raw]).filter(
      (each): each is string => typeof each === 'string' && each !== '',
    );
    return list.length > 0 ? list : undefined;
  }
  if (field.control === 'date') {
    const date = parseDate(isThreeFields(raw) ? raw : firstOf(raw));
    return date === '' ? undefined : date;
  }
  const typed = isThreeFields(raw) ? '' : firstOf(raw);
  const text = field.control === 'textarea' ? cleanLines(typed) : cleanText(typed);
  if (text === '') return undefined;
  switch (field.control) {
    case 'number':
      return parseNumber(text);
    case 'phone':
      return parsePhone(text);
    case 'digits':
      return parseDigits(text);
    case 'time':
      return parseTime(text);
    case 'yesNo':
      return text === 'yes' || text === 'true' ? true : text === 'no' || text === 'false' ? false : text;
    case 'email':
      return text.replace(/@.*$/, (domain) => domain.toLowerCase());
    default:
      return text;
  }
}

function isThreeFields(raw: RawAnswer): raw is { day: string; month: string; year: string } {
  return typeof raw === 'object' && raw !== null && 'day' in raw;
}

function firstOf(raw: string | readonly string[] | unknown): string {
  if (typeof raw === 'string') return raw;
  return Array.isArray(raw) && typeof raw[0] === 'string' ? raw[0] : '';
}
