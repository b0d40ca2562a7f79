import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  afterFailure,
  daysBeforeStop,
  failuresBeforeRest,
  faultOf,
  kindOf,
  mostAttempts,
  nextAttempt,
  signatureOf,
  wellStanding,
} from './rules.ts';

test('a line of history is one of four kinds; what is named nowhere is a change', () => {
  expect(['registered', 'corrected', 'merged', 'licenceRevoked', 'suspensionLifted', 'other'].map(kindOf)).toEqual([
    'added',
    'changed',
    'closed',
    'licence',
    'licence',
    'changed',
  ]);
});

test('attempts come later and later, and end', () => {
  const now = new Date('2026-11-23T12:00:00+07:00');
  const waits = Array.from({ length: mostAttempts }, (_, at) => nextAttempt(at + 1, now));
  expect(waits.at(-1)).toBeNull();
  const delays = waits.slice(0, -1).map((at) => at!.getTime() - now.getTime());
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  expect(delays[0]).toBe(60_000);
});

test('the signature covers the time and the body', () => {
  const right = createHmac('sha256', 'khóa').update('1800000000.{"a":1}').digest('hex');
  expect(signatureOf('khóa', 1_800_000_000, '{"a":1}')).toBe(`v1=${right}`);
  expect(signatureOf('khóa', 1_800_000_001, '{"a":1}')).not.toBe(`v1=${right}`);
});

test('only an answer of 2xx is a receipt; a redirect is none', () => {
  expect([200, 204, 302, 404, 500].map(faultOf)).toEqual([null, null, 'redirect', 'refused', 'refused']);
});

test('a receiver rests after several failures in a row, longer and longer, and is stopped by its days alone', () => {
  const start = new Date('2026-11-23T12:00:00+07:00');
  let standing = { ...wellStanding, stops: false };
  const rests: (number | null)[] = [];
  let now = start;
  for (let n = 0; n < failuresBeforeRest + 4; n += 1) {
    standing = afterFailure(standing, now);
    rests.push(standing.restingUntil && (standing.restingUntil.getTime() - now.getTime()) / 60_000);
    now = standing.restingUntil ?? now;
  }
  expect(rests).toEqual([null, null, null, null, 5, 15, 30, 60, 120]);
  expect(standing).toMatchObject({ failures: failuresBeforeRest + 4, failingSince: start, stops: false });
  const lastDay = new Date(start.getTime() + daysBeforeStop * 86_400_000);
  expect(afterFailure(standing, new Date(lastDay.getTime() - 1)).stops).toBe(false);
  expect(afterFailure(standing, lastDay)).toMatchObject({ stops: true, restingUntil: null });
  // long ago it failed once: that alone stops nobody
  expect(afterFailure({ failures: 1, failingSince: start, restingUntil: null }, lastDay).stops).toBe(false);
});
