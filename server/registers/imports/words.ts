import { messagesOf } from '#i18n/messages.ts';
import { searchable } from '#server/platform/index.ts';
import type { Register } from '../define.ts';
import type { Field } from '../fields.ts';

export type Locale = 'vi' | 'en';
const locales: readonly Locale[] = ['vi', 'en'];

function said(locale: Locale, ...path: string[]): string | null {
  let found: unknown = messagesOf(locale);
  for (const part of path) found = (found as Record<string, unknown> | undefined)?.[part];
  return typeof found === 'string' ? found : null;
}

/** What a field is called where people read it. */
export const labelOf = (register: Register, name: string, locale: Locale): string =>
  said(locale, register.key, 'fields', name) ?? said(locale, 'registers', 'imports', name) ?? name;

/** What an option of a field is called; its words stand under the field's name or its plural. */
export const optionLabel = (register: Register, field: Field, option: string, locale: Locale): string =>
  said(locale, register.key, field.name, option) ?? said(locale, register.key, `${field.name}s`, option) ?? option;

/** Every way a field may be called in a sheet, as search compares it: its labels in both languages and its name. */
export const headingsOf = (register: Register, name: string): string[] =>
  [name, ...locales.map((locale) => labelOf(register, name, locale))].map(searchable);

export const registerName = (register: Register, locale: Locale): string =>
  said(locale, 'registers', 'names', register.key) ?? register.key;

/** Reads options by their words in either language, with or without accents; what is none of them stays as it is. */
export function optionReader(register: Register): (field: Field, text: string) => string {
  const known = new Map<string, Map<string, string>>();
  for (const field of register.fields) {
    if (!field.options) continue;
    const words = new Map<string, string>();
    for (const option of field.options)
      for (const way of [...locales.map((locale) => optionLabel(register, field, option, locale)), option])
        words.set(searchable(way), option);
    known.set(field.name, words);
  }
  return (field, text) => {
    const words = known.get(field.name);
    if (!words) return text;
    const one = (part: string) => words.get(searchable(part)) ?? part;
    return field.input === 'choices'
      ? text
          .split(/[;\n]/)
          .map((part) => one(part.trim()))
          .join('; ')
      : one(text);
  };
}
