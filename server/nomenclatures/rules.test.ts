import { expect, test } from 'vitest';
import { atcParent, icdParent } from './rules.ts';

test('a code of ATC stands under the next shorter level', () => {
  expect(['N02BE01', 'N02BE', 'N02B', 'N02', 'N'].map(atcParent)).toEqual(['N02BE', 'N02B', 'N02', 'N', null]);
});

test('a code of ICD-10 stands under its category, that under its chapter', () => {
  const chapters = [
    { chapter: 'I', range: 'A00-B99' },
    { chapter: 'II', range: 'C00-D48' },
  ];
  expect(icdParent('A00.1', chapters)).toBe('A00');
  expect(icdParent('B99', chapters)).toBe('A00-B99');
  expect(icdParent('D10', chapters)).toBe('C00-D48');
  expect(icdParent('D50', chapters)).toBeNull();
});
