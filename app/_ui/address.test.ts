import { describe, expect, test } from 'vitest';
import { pageIn, textIn } from './address.ts';

describe('the text of an address', () => {
  test('is trimmed and cut; what is missing or stands twice is empty', () => {
    expect(textIn({ q: '  thuốc  ' }, 'q')).toBe('thuốc');
    expect(textIn({ q: 'x'.repeat(300) }, 'q', 50)).toHaveLength(50);
    expect(textIn({}, 'q')).toBe('');
    expect(textIn({ q: ['a', 'b'] }, 'q')).toBe('');
  });
});

describe('the page an address asks for', () => {
  test.each([
    ['3', 3],
    ['2.9', 2],
    ['0', 1],
    ['-4', 1],
    ['abc', 1],
    ['', 1],
    ['99999999', 10_000],
    ['Infinity', 10_000],
  ])('%s is %i', (page, expected) => {
    expect(pageIn({ page })).toBe(expected);
  });

  test('may stand under another name, and end later', () => {
    expect(pageIn({ said: '7' }, 10_000, 'said')).toBe(7);
    expect(pageIn({ page: '99999999' }, 100_000)).toBe(100_000);
    expect(pageIn({ page: ['1', '2'] })).toBe(1);
  });
});
