import { expect, test } from 'vitest';
import { drugsRegister } from '#server/drugs/index.ts';
import { optionReader } from './words.ts';

test.each([
  ['Kê đơn', 'prescription'],
  ['Thuốc kê đơn', 'prescription'],
  ['thuoc khong ke don', 'otc'],
  ['OTC', 'otc'],
  ['Thuốc phải kiểm soát đặc biệt', 'special-control'],
  ['Thuốc bổ', 'Thuốc bổ'],
])('a sheet that says %s means %s', (text, option) => {
  const field = drugsRegister.fields.find(({ name }) => name === 'prescription')!;
  expect(optionReader(drugsRegister)(field, text)).toBe(option);
});
