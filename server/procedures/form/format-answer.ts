import type { FieldDefinition, Text } from './definition.ts';
import type { Json } from './schema.ts';

export type Locale = 'vi' | 'en';

/** Names of codes that live in other tables: provinces and wards. */
export type LookUp = (control: FieldDefinition['control'], code: string) => string | undefined;

/** A text in the reader's language. */
export function inLocale(text: Text, locale: Locale): string {
  return text[locale];
}

const yesNo = { vi: ['Có', 'Không'], en: ['Yes', 'No'] } as const;

/** An answer as a person reads it on the check-answers page and on slips; the empty string when there is none. Dates are dd/MM/yyyy, numbers follow the language. */
export function formatAnswer(field: FieldDefinition, value: Json | undefined, locale: Locale, lookUp?: LookUp): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((each) => formatAnswer(field, each, locale, lookUp)).join(', ');
  if (typeof value === 'boolean') return yesNo[locale][value ? 0 : 1];
  if (typeof value === 'object') return '';
  const option = field.options?.find((each) => each.value === String(value));
  if (option) return option.label[locale];
  return withUnit(plain(field, value, locale, lookUp), field.unit);
}

function plain(field: FieldDefinition, value: string | number, locale: Locale, lookUp?: LookUp): string {
  if (typeof value === 'number')
    return new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 6 }).format(value);
  if (field.control === 'date') return formatDate(value);
  return lookUp?.(field.control, value) ?? value;
}

/** `2026-11-23` as `23/11/2026`; anything else as it is. */
export function formatDate(value: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : value;
}

function withUnit(text: string, unit: string | undefined): string {
  return unit ? `${text} ${unit}` : text;
}
