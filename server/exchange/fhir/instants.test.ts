import { expect, test } from 'vitest';
import { readLastUpdated } from './instants.ts';

const iso = (text: string) => new Date(text).toISOString();

test.each([
  ['2026', { changedFrom: '2026-01-01T00:00:00+07:00', changedBefore: '2027-01-01T00:00:00+07:00' }],
  ['eq2026-11', { changedFrom: '2026-11-01T00:00:00+07:00', changedBefore: '2026-12-01T00:00:00+07:00' }],
  ['ge2026-11-23', { changedFrom: '2026-11-23T00:00:00+07:00' }],
  ['gt2026-11-23', { changedFrom: '2026-11-24T00:00:00+07:00' }],
  ['le2026-11-23', { changedBefore: '2026-11-24T00:00:00+07:00' }],
  ['lt2026-11-23', { changedBefore: '2026-11-23T00:00:00+07:00' }],
  ['ge2026-11-23T10:00:00Z', { changedFrom: '2026-11-23T10:00:00Z' }],
  ['eq2026-11-23T10:00Z', { changedFrom: '2026-11-23T10:00:00Z', changedBefore: '2026-11-23T10:01:00Z' }],
])('%s is a span of time', (value, expected) => {
  expect(readLastUpdated([value])).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, text]) => [name, iso(text)])),
  );
});

test('several narrow each other', () => {
  expect(readLastUpdated(['ge2026-01-01', 'ge2026-02-01', 'lt2026-03-01', 'lt2026-04-01'])).toEqual({
    changedFrom: iso('2026-02-01T00:00:00+07:00'),
    changedBefore: iso('2026-03-01T00:00:00+07:00'),
  });
});

test.each(['', 'heute', 'ne2026', '2026-13', '2026-02-30', '26', 'ge'])('%s is refused', (value) => {
  expect(() => readLastUpdated([value])).toThrow();
});
