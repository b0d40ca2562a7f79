import { describe, expect, test } from 'vitest';
import { hear, type Press } from './shortcut-keys.ts';

const known = ['j', 'k', '?', 'g m', 'g u'];
const press = (key: string, over: Partial<Press> = {}): Press => ({
  key,
  composing: false,
  modified: false,
  typing: false,
  covered: false,
  ...over,
});

describe('a key press', () => {
  test('is a shortcut when it is known, in either case', () => {
    expect(hear(press('j'), '', known)).toEqual({ kind: 'match', keys: 'j' });
    expect(hear(press('J'), '', known)).toEqual({ kind: 'match', keys: 'j' });
    expect(hear(press('?'), '', known)).toEqual({ kind: 'match', keys: '?' });
    expect(hear(press('q'), '', known)).toEqual({ kind: 'none' });
  });

  test('may be the first of two', () => {
    expect(hear(press('g'), '', known)).toEqual({ kind: 'pending', keys: 'g' });
    expect(hear(press('m'), 'g', known)).toEqual({ kind: 'match', keys: 'g m' });
  });

  test('counts for itself when the two before it make nothing together', () => {
    expect(hear(press('j'), 'g', known)).toEqual({ kind: 'match', keys: 'j' });
    expect(hear(press('q'), 'g', known)).toEqual({ kind: 'none' });
  });

  test('is none while something is composed, as with Telex and VNI', () => {
    expect(hear(press('j', { composing: true }), '', known)).toEqual({ kind: 'none' });
    expect(hear(press('Process'), '', known)).toEqual({ kind: 'none' });
  });

  test('is none in a field, with a modifier, and under a dialog', () => {
    for (const over of [{ typing: true }, { modified: true }, { covered: true }])
      expect(hear(press('j', over), '', known)).toEqual({ kind: 'none' });
  });
});
