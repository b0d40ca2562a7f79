import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountInWords } from './amount-in-words.ts';

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const lastDigits: Record<string, number> = { mốt: 1, tư: 4, lăm: 5 };

/** Reads words back into a number, by other rules than those that wrote them. */
function numberIn(words: string): number {
  let total = 0;
  let billions = 0;
  let group = 0;
  let digit = 0;
  for (const word of words
    .replace(/ đồng$/, '')
    .toLowerCase()
    .split(' ')) {
    if (word === 'linh') continue;
    if (word === 'mười') group += 10;
    else if (word === 'mươi') [group, digit] = [group + digit * 10, 0];
    else if (word === 'trăm') [group, digit] = [group + digit * 100, 0];
    else if (word === 'nghìn' || word === 'triệu') {
      total += (group + digit) * (word === 'nghìn' ? 1e3 : 1e6);
      [group, digit] = [0, 0];
    } else if (word === 'tỷ') {
      billions = (billions + total + group + digit) * 1e9;
      [total, group, digit] = [0, 0, 0];
    } else digit = lastDigits[word] ?? digits.indexOf(word);
  }
  return billions + total + group + digit;
}

describe('amountInWords', () => {
  test.each([
    [0, 'Không đồng'],
    [5, 'Năm đồng'],
    [10, 'Mười đồng'],
    [15, 'Mười lăm đồng'],
    [21, 'Hai mươi mốt đồng'],
    [24, 'Hai mươi tư đồng'],
    [105, 'Một trăm linh năm đồng'],
    [111, 'Một trăm mười một đồng'],
    [430_000, 'Bốn trăm ba mươi nghìn đồng'],
    [1_000_000, 'Một triệu đồng'],
    [1_005_000, 'Một triệu không trăm linh năm nghìn đồng'],
    [1_000_005, 'Một triệu không trăm linh năm đồng'],
    [5_500_000, 'Năm triệu năm trăm nghìn đồng'],
    [6_000_500, 'Sáu triệu năm trăm đồng'],
    [1_234_567_891, 'Một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi mốt đồng'],
    [1_000_000_005, 'Một tỷ không trăm linh năm đồng'],
    [2_000_000_000_000, 'Hai nghìn tỷ đồng'],
  ])('spells %d as papers do', (amount, words) => {
    expect(amountInWords(amount)).toBe(words);
  });

  test('can be read back to the same sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999_999 }), (amount) => {
        expect(numberIn(amountInWords(amount))).toBe(amount);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses what is no sum of whole đồng', () => {
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => amountInWords(wrong)).toThrow(RangeError);
  });
});
