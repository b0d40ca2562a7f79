import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostSlips, partsOf, slipsBetween, wordsTypedAsOne } from './slips.ts';

const word = fc.stringMatching(/^[a-z]{3,12}$/);

describe('how many slips are between two words', () => {
  test('one for a letter that is wrong, missing, doubled or swapped with its neighbour', () => {
    expect(slipsBetween('thuoc', 'thuoc')).toBe(0);
    for (const typed of ['thuox', 'thoc', 'thuooc', 'htuoc', 'thouc']) expect(slipsBetween(typed, 'thuoc')).toBe(1);
    expect(slipsBetween('tuhco', 'thuoc')).toBe(2);
    expect(slipsBetween('', 'thuoc')).toBe(5);
  });

  test('is as many from either side, none only for the same word, and never more than the longer has letters', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const slips = slipsBetween(one, other);
        expect(slipsBetween(other, one)).toBe(slips);
        expect(slips === 0).toBe(one === other);
        expect(slips).toBeLessThanOrEqual(Math.max(one.length, other.length));
        expect(slips).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
      }),
    );
  });

  test('forgives none in a word of two letters, one in a short word, two in a long one', () => {
    expect(['an', 'mai', 'thuoc', 'duong', 'pharmacity', 'x'.repeat(41)].map(mostSlips)).toEqual([0, 1, 1, 1, 2, 0]);
  });
});

describe('words that were typed as one', () => {
  const known = new Set(['nha', 'thuoc', 'bach', 'mai', 'ba', 'y', 'moan', 'n', 'ha']);

  test('fall into the fewest words, or into two around a wrong letter', () => {
    expect(wordsTypedAsOne('nhathuocbachmai', known)).toEqual([['nha', 'thuoc', 'bach', 'mai']]);
    expect(wordsTypedAsOne('ymoan', known)).toEqual([['y', 'moan']]);
    expect(wordsTypedAsOne('thuocxbach', known)).toEqual([['thuoc', 'bach']]);
    expect(wordsTypedAsOne('khongbiet', known)).toEqual([]);
  });

  test('are among the parts that are looked up', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const parts = partsOf(one + other);
        expect(parts).toContain(one);
        expect(parts).toContain(other);
        expect(wordsTypedAsOne(one + other, new Set([one, other]))).toContainEqual([one, other]);
      }),
    );
    expect(partsOf('x'.repeat(41))).toEqual([]);
  });
});
