import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { faultOf, kindOf, mostAttempts, nextAttempt, signatureOf } from './rules.ts';

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
