import { expect, test } from 'vitest';
import { passesAll, readLines, writeLines } from './rules.ts';

test('reads the tests of a certificate as people type them, and writes them back', () => {
  const text = 'Định lượng | 95–105 % | 91,2 % | không đạt\n\n Cảm quan | Đạt \nĐộ rã | ≤ 15 phút | pass';
  const lines = readLines(text)!;
  expect(lines).toEqual([
    { name: 'Định lượng', requirement: '95–105 %', result: '91,2 %', passed: false },
    { name: 'Cảm quan', passed: true },
    { name: 'Độ rã', requirement: '≤ 15 phút', passed: true },
  ]);
  expect(readLines(writeLines(lines))).toEqual(lines);
  expect(readLines(writeLines([{ name: 'pH', result: '6,8', passed: true }]))).toEqual([
    { name: 'pH', result: '6,8', passed: true },
  ]);
  expect(passesAll(lines)).toBe(false);
});

test.each(['Định lượng', 'Định lượng | có lẽ', ' | đạt', 'a | b | c | d | đạt'])('%s says no outcome', (text) =>
  expect(readLines(text)).toBeNull(),
);
