import { expect, test } from 'vitest';
import { openVerdict, sealVerdict } from './sealed-verdict.ts';

const at = new Date('2026-11-23T12:00:00+07:00');
const verdict = { verdict: 'intact', signatures: [{ signer: 'Nguyễn Thị Ánh Nguyệt' }] };

test('a verdict comes out as it went in, for a quarter of an hour', () => {
  const sealed = sealVerdict(verdict, 'secret', at);
  expect(openVerdict(sealed, 'secret', new Date(at.getTime() + 14 * 60_000))).toEqual(verdict);
  expect(openVerdict(sealed, 'secret', new Date(at.getTime() + 15 * 60_000))).toBeNull();
});

test('a verdict made or changed by anybody else is none', () => {
  const sealed = sealVerdict(verdict, 'secret', at);
  expect(openVerdict(sealVerdict(verdict, 'other', at), 'secret', at)).toBeNull();
  for (const place of [0, 20, sealed.length - 2]) {
    const changed = sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1);
    expect(openVerdict(changed, 'secret', at)).toBeNull();
  }
  for (const text of ['', 'abc', '<script>', 'A'.repeat(5000)]) expect(openVerdict(text, 'secret', at)).toBeNull();
});

test('a verdict fits in an address even with many signers', () => {
  const signer = {
    signer: 'Nguyễn Thị Ánh Nguyệt',
    certificates: Array.from({ length: 3 }, (_, i) => ({ serial: i.toString(16).repeat(40), name: `CA ${i}` })),
  };
  expect(sealVerdict({ signatures: Array.from({ length: 6 }, () => signer) }, 'secret', at).length).toBeLessThan(4000);
});
