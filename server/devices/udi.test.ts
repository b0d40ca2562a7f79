import { describe, expect, test } from 'vitest';
import { readUdi } from './udi.ts';

const today = '2026-11-30';
const di = '04006381333931';
const read = (text: string) => readUdi(text, today);
const gs = '\u001d';

describe('a UDI', () => {
  test('as printed is split into device, expiry, lot and serial', () => {
    const text = `(01)${di}(17)280131(10)LOT-7A(21)SN 0042`;
    expect(read(text).udi).toEqual({
      text,
      di,
      madeOn: null,
      expiresOn: '2028-01-31',
      lot: 'LOT-7A',
      serial: 'SN 0042',
    });
  });

  test('as scanned is split at FNC1, whatever sign the scanner puts before it', () => {
    const expected = { di, madeOn: '2025-06-30', expiresOn: '2028-01-31', lot: '7A', serial: '21A10B' };
    for (const text of [
      `01${di}1125063017280131107A${gs}2121A10B`,
      `]d201${di}1125060017280131107A${gs}2121A10B`,
      `${gs}01${di}11250630172801312121A10B${gs}107A`,
      `01${di}1125063017280131107A<GS>2121A10B`,
    ])
      expect(read(text).udi, text).toMatchObject(expected);
  });

  test('of 120 characters is kept whole', () => {
    const serial = 'S'.repeat(120 - 20 - 8 - 7 - 4);
    const text = `(01)${di}  (17)280131(10)ABC(21)${serial}`.replace('  ', '');
    const long = text + 'X'.repeat(120 - text.length);
    expect(long).toHaveLength(120);
    expect(read(long).udi?.text).toBe(long);
  });

  test('that cannot be one says why', () => {
    expect(read('(01)04006381333932(10)A').fault).toBe('checkDigit');
    expect(read(`(01)${di}(17)281331`).fault).toBe('date');
    expect(read(`(01)${di}(17)280230`).fault).toBe('date');
    expect(read('(10)ABC').fault).toBe('unreadable');
    expect(read(`(01)${di}(10)`).fault).toBe('unreadable');
    expect(read('paracetamol').fault).toBe('unreadable');
    expect(read(`(01)${di}(21)${'9'.repeat(250)}`).fault).toBe('long');
  });

  test('names no day of its month: the last; two digits of the year: the nearest century', () => {
    expect(read(`(01)${di}(17)280200`).udi?.expiresOn).toBe('2028-02-29');
    expect(read(`(01)${di}(11)990115(17)700101`).udi).toMatchObject({ madeOn: '1999-01-15', expiresOn: '2070-01-01' });
  });
});
