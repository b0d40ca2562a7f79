import { describe, expect, test } from 'vitest';
import { isThere, rest, warning, wordOf } from './session-watch.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('the end of a session', () => {
  test('is said five minutes before it, and not earlier', () => {
    expect(wordOf({ idle: warning + 1, whole: day })).toBe('nothing');
    expect(wordOf({ idle: warning, whole: day })).toBe('idle');
  });

  test('is said as final when nothing moves it, also where a sign of life is due too', () => {
    expect(wordOf({ idle: 30 * minute, whole: 4 * minute })).toBe('whole');
    expect(wordOf({ idle: minute, whole: 4 * minute })).toBe('whole');
  });

  test('is there once the time is over or the server knows no session', () => {
    expect(wordOf(null)).toBe('ended');
    expect(wordOf({ idle: 0, whole: day })).toBe('ended');
    expect(wordOf({ idle: minute, whole: -1 })).toBe('ended');
  });

  test('is looked for just when it would be said, at least every ten minutes', () => {
    expect(rest({ idle: 12 * minute, whole: day })).toBe(7 * minute + 500);
    expect(rest({ idle: 12 * 60 * minute, whole: 8 * minute })).toBe(3 * minute + 500);
    expect(rest({ idle: 12 * 60 * minute, whole: day })).toBe(10 * minute);
  });

  test('is looked for every few seconds while it is said, and right after it is due', () => {
    expect(rest({ idle: 4 * minute, whole: day })).toBe(15_000);
    expect(rest({ idle: 2_000, whole: day })).toBe(2_500);
  });

  test('is not said to somebody who typed a minute ago', () => {
    expect(isThere(minute)).toBe(true);
    expect(isThere(warning)).toBe(false);
  });
});
