import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldPrices, pricesOn, type SaidPrice } from './rules.ts';

const row = (ordinal: number, over: Partial<SaidPrice & { price: number }> = {}) => ({
  rootId: `p${ordinal}`,
  ordinal,
  unit: 'viên',
  effectiveFrom: '2026-01-01',
  recordedAt: new Date(`2026-01-0${ordinal}T00:00:00Z`),
  price: ordinal * 100,
  ...over,
});
const of = (rows: { price: number }[]) => rows.map(({ price }) => price);

describe('declared prices', () => {
  test('the one that took effect last holds, of each unit', () => {
    const rows = [
      row(1),
      row(2, { effectiveFrom: '2026-06-01' }),
      row(3, { unit: 'Hộp', effectiveFrom: '2026-02-01' }),
    ];
    expect(of(pricesOn(rows, '2025-12-31'))).toEqual([]);
    expect(of(pricesOn(rows, '2026-01-31'))).toEqual([100]);
    expect(of(pricesOn(rows, '2026-06-01'))).toEqual([300, 200]);
    expect(of(pricesOn([row(1), row(2, { unit: ' VIÊN ' })], '2026-01-01'))).toEqual([200]);
  });

  test('a correction takes its place, and what was known before can be asked for', () => {
    const rows = [row(1), row(2, { rootId: 'p1', price: 120 })];
    expect(of(pricesOn(rows, '2026-01-05'))).toEqual([120]);
    expect(of(pricesOn(rows, '2026-01-05', new Date('2026-01-01T12:00:00Z')))).toEqual([100]);
    expect(heldPrices(rows)).toHaveLength(1);
  });

  test('a new price changes no day before it takes effect', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(day, { maxLength: 8 }), day, day, (days, added, asked) => {
        const rows = days.map((effectiveFrom, index) => row(index + 1, { effectiveFrom, recordedAt: new Date(0) }));
        const more = [...rows, row(99, { effectiveFrom: added, recordedAt: new Date(0) })];
        if (asked < added) expect(pricesOn(more, asked)).toEqual(pricesOn(rows, asked));
        else expect(pricesOn(more, asked)).toHaveLength(1);
      }),
    );
  });
});
