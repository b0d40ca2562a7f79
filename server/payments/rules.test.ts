import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dongText } from '#server/platform/money.ts';
import { outcomeOf, receiptNumberText, referenceFrom, referencesIn, yearInVietnam } from './rules.ts';

const owed = { status: 'pending', amount: 1_000_000, payeeAccount: { accountNumber: '123456' } } as const;
const paid = { amount: 1_000_000, accountNumber: '123456' };

describe('what becomes of money that came in', () => {
  test.each([
    ['the exact sum for something owed settles it', owed, paid, 'settled'],
    ['too little pays for nothing', owed, { ...paid, amount: 999_999 }, 'underpaid'],
    ['too much pays, and leaves a rest', owed, { ...paid, amount: 1_000_001 }, 'overpaid'],
    ['a text that names nothing of ours is unknown', null, paid, 'unknown-reference'],
    ['money on another account is none of ours', owed, { ...paid, accountNumber: '654321' }, 'unknown-reference'],
    ['a second transfer is one too many', { ...owed, status: 'settled' as const }, paid, 'repeated'],
    ['a transfer after the refund is one too many', { ...owed, status: 'refunded' as const }, paid, 'repeated'],
    ['a transfer for what is no longer owed is late', { ...owed, status: 'cancelled' as const }, paid, 'late'],
  ] as const)('%s', (_, intent, event, outcome) => {
    expect(outcomeOf(intent, event)).toBe(outcome);
  });

  test('only the exact sum settles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 0, max: 1e12 }), (amount, received) => {
        const outcome = outcomeOf({ ...owed, amount }, { ...paid, amount: received });
        expect(outcome === 'settled').toBe(amount === received);
      }),
    );
  });
});

describe('references', () => {
  const reference = referenceFrom('23456789AB');

  test.each([
    'MC23456789AB',
    'mc23456789ab chuyen tien',
    'IBFT MC2345 6789AB-GD 554433',
    'CUSTOMER.MC23456789AB.20261123',
    'MCDONALDS MC23456789AB',
  ])('is found in the text “%s”', (content) => {
    expect(referencesIn(content)).toContain(reference);
  });

  test('is not found where there is none', () => {
    expect(referencesIn('nop phi thu tuc MC234')).toEqual([]);
    expect(referencesIn('')).toEqual([]);
  });

  test('fits the 25 letters and digits a transfer keeps', () => {
    expect(reference).toMatch(/^[0-9A-Z]{12}$/);
  });
});

test('numbers and sums are written as people read them', () => {
  expect(receiptNumberText(12, 2026)).toBe('0000012/2026');
  expect(dongText(1_500_000)).toBe('1.500.000\u00a0₫');
});

test('the year of a receipt is the year in Vietnam', () => {
  expect(yearInVietnam(new Date('2026-12-31T16:59:59Z'))).toBe(2026);
  expect(yearInVietnam(new Date('2026-12-31T17:00:00Z'))).toBe(2027);
});
