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

/** What offices head their columns with besides the labels of this service, by field. */
const usualHeadings: Record<string, readonly string[]> = {
  addressLine: ['địa chỉ', 'địa chỉ cơ sở', 'address'],
  wardCode: ['mã phường', 'mã xã', 'mã phường xã', 'ward'],
  provinceCode: ['mã tỉnh', 'mã thành phố', 'province'],
  kind: ['loại cơ sở', 'loại hình cơ sở', 'hình thức tổ chức'],
  phone: ['số điện thoại', 'sđt', 'đt', 'tel'],
  email: ['email'],
  latitude: ['lat'],
  longitude: ['long', 'lng', 'lon'],
  insuranceCode: ['mã cskcb', 'mã bhyt'],
  registrationNumber: ['sđk', 'số đăng ký lưu hành', 'số giấy đăng ký lưu hành', 'giấy đăng ký lưu hành'],
  ingredients: ['hoạt chất', 'thành phần', 'tên hoạt chất'],
  manufacturer: ['nhà sản xuất', 'công ty sản xuất'],
  registrant: ['công ty đăng ký', 'nhà đăng ký'],
  maker: ['hãng', 'nhà sản xuất'],
  model: ['model'],
  deviceClass: ['phân loại', 'loại trang thiết bị'],
  validTo: ['ngày hết hạn', 'hạn hiệu lực', 'ngày hết hiệu lực', 'có giá trị đến'],
  issuedOn: ['ngày ký', 'ngày cấp phép'],
};

/** Every way a field may be called in a sheet, as search compares it: its labels in both languages, its name, what offices write. */
export const headingsOf = (register: Register, name: string): string[] =>
  [name, ...locales.map((locale) => labelOf(register, name, locale)), ...(usualHeadings[name] ?? [])].map(searchable);

/** How sheets say options besides their words here, by field. */
const usualWords: Record<string, Record<string, readonly string[]>> = {
  prescription: {
    otc: ['thuốc không kê đơn', 'không kê đơn (otc)'],
    prescription: ['thuốc kê đơn', 'rx', 'etc'],
    'special-control': ['thuốc kiểm soát đặc biệt', 'thuốc phải kiểm soát đặc biệt'],
  },
};

export const registerName = (register: Register, locale: Locale): string =>
  said(locale, 'registers', 'names', register.key) ?? register.key;

/** Reads options by their words in either language, with or without accents; what is none of them stays as it is. */
export function optionReader(register: Register): (field: Field, text: string) => string {
  const known = new Map<string, Map<string, string>>();
  for (const field of register.fields) {
    if (!field.options) continue;
    const words = new Map<string, string>();
    for (const option of field.options)
      for (const way of [
        ...(usualWords[field.name]?.[option] ?? []),
        ...locales.map((locale) => optionLabel(register, field, option, locale)),
        option,
      ])
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
