import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const at = new Date('2026-11-23T12:00:00+07:00');
const verdict = { verdict: 'intact', signatures: [{ signer: 'Nguyễn Thị Ánh Nguyệt' }] };

test('a verdict comes out as it went in, for a quarter of an hour', () => {
  const sealed = seal('verdict', verdict, at, ['secret']);
  expect(unseal('verdict', sealed, new Date(at.getTime() + 14 * 60_000), ['secret'])).toEqual(verdict);
  expect(unseal('verdict', sealed, new Date(at.getTime() + 15 * 60_000), ['secret'])).toBeNull();
});

test('a verdict made or changed by anybody else is none', () => {
  const sealed = seal('verdict', verdict, at, ['secret']);
  expect(unseal('verdict', seal('verdict', verdict, at, ['other']), at, ['secret'])).toBeNull();
  for (const place of [0, 20, sealed.length - 2]) {
    const changed = sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1);
    expect(unseal('verdict', changed, at, ['secret'])).toBeNull();
  }
  for (const text of ['', 'abc', '<script>', 'A'.repeat(5000)])
    expect(unseal('verdict', text, at, ['secret'])).toBeNull();
});

test('a verdict sealed under a former secret still comes out', () => {
  const sealed = seal('verdict', verdict, at, ['former']);
  expect(unseal('verdict', sealed, at, ['new', 'former'])).toEqual(verdict);
  expect(unseal('verdict', sealed, at, ['new'])).toBeNull();
});

test('an answer for one purpose is none for another', () => {
  expect(unseal('status', seal('verdict', verdict, at, ['secret']), at, ['secret'])).toBeNull();
});

test('a verdict fits in an address even with many signers', () => {
  const signer = {
    signer: 'Nguyễn Thị Ánh Nguyệt',
    certificates: Array.from({ length: 3 }, (_, i) => ({ serial: i.toString(16).repeat(40), name: `CA ${i}` })),
  };
  expect(seal('verdict', { signatures: Array.from({ length: 6 }, () => signer) }, at, ['secret']).length).toBeLessThan(
    4000,
  );
});
