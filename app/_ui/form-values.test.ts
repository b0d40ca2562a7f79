import { expect, test } from 'vitest';
import { readDate, readList, readNumber, readText, valuesOf } from './form-values.ts';

const form = (...entries: [string, string][]): FormData => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};

test('what was entered comes back, several ticks as a list, secrets and framework fields never', () => {
  const data = form(
    ['name', 'An'],
    ['days', '2'],
    ['days', '3'],
    ['$ACTION_ID_1', 'x'],
    ['password', 'p'],
    ['signPin', '1'],
  );
  data.append('file', new File(['x'], 'a.pdf'));
  expect(valuesOf(data)).toEqual({ name: 'An', days: ['2', '3'] });
});

test('text is trimmed and composed', () => {
  expect(readText(form(['name', ' Nguye\u0302\u0303n ']), 'name')).toBe('Nguyễn');
  expect(readText(form(), 'name')).toBe('');
  expect(readList(form(['days', '2'], ['days', '']), 'days')).toEqual(['2']);
});

test.each([
  ['27', '3', '2026', '2026-03-27'],
  ['29', '2', '2028', '2028-02-29'],
  ['29', '2', '2026', '29-2-2026'],
  ['1', '12', '26', '1-12-26'],
  ['２７', '３', '２０２６', '2026-03-27'],
  ['', '', '', ''],
  ['5', '', '2026', '5--2026'],
  ['a', '1', '2026', 'a-1-2026'],
])('the date %s %s %s is read as %s', (day, month, year, expected) => {
  expect(readDate(form(['d.day', day], ['d.month', month], ['d.year', year]), 'd')).toBe(expected);
});

test.each([
  ['1.500.000', 1_500_000],
  ['1 500 000', 1_500_000],
  ['１５００', 1500],
  ['1,500', 1500],
  ['24,5', 24.5],
  ['24.5', 24.5],
  ['-3', -3],
  ['', ''],
  ['hai', Number.NaN],
  ['1.2.3', Number.NaN],
])('the number %s is read as %s', (typed, expected) => {
  expect(readNumber(form(['n', typed]), 'n')).toBe(expected);
});
