import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, vietQrPayload } from './vietqr.ts';

const account = { bankBin: '970403', accountNumber: '0011012345678' };

/** Reads tag, length, value back, as a scanning application does. */
function fieldsOf(payload: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < payload.length; ) {
    const length = Number(payload.slice(at + 2, at + 4));
    fields.set(payload.slice(at, at + 2), payload.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

describe('checksum', () => {
  test('gives the check value that catalogues of checksums list for CRC-16/CCITT-FALSE', () => {
    expect(checksum('123456789')).toBe('29B1');
    expect(checksum('')).toBe('FFFF');
  });

  test('agrees with the samples of the EMVCo and NAPAS specifications', () => {
    const samples = [
      '00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F',
      '00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E',
    ];
    for (const sample of samples) expect(checksum(sample.slice(0, -4))).toBe(sample.slice(-4));
  });

  test('notices every change of one character', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 90 }),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        (text, at, flip) => {
          const position = at % text.length;
          const changed = String.fromCharCode(text.charCodeAt(position) ^ flip);
          expect(checksum(text.slice(0, position) + changed + text.slice(position + 1))).not.toBe(checksum(text));
        },
      ),
    );
  });
});

describe('vietQrPayload', () => {
  test('without a sum gives the static sample of the NAPAS specification', () => {
    expect(vietQrPayload({ account })).toBe(
      '00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F',
    );
  });

  test('carries account, sum and reference so that they can be read back', () => {
    fc.assert(
      fc.property(
        fc.record({
          bankBin: fc.stringMatching(/^\d{6}$/),
          accountNumber: fc.stringMatching(/^[0-9A-Z]{4,19}$/),
          amount: fc.integer({ min: 1, max: 9_999_999_999_999 }),
          content: fc.stringMatching(/^[0-9A-Z]{1,25}$/),
        }),
        ({ bankBin, accountNumber, amount, content }) => {
          const payload = vietQrPayload({ account: { bankBin, accountNumber }, amount, content });
          const fields = fieldsOf(payload);
          const transfer = fieldsOf(fields.get('38')!);
          const beneficiary = fieldsOf(transfer.get('01')!);
          expect(fields.get('01')).toBe('12');
          expect([transfer.get('00'), transfer.get('02')]).toEqual(['A000000727', 'QRIBFTTA']);
          expect([beneficiary.get('00'), beneficiary.get('01')]).toEqual([bankBin, accountNumber]);
          expect([fields.get('53'), fields.get('54'), fields.get('58')]).toEqual(['704', String(amount), 'VN']);
          expect(fieldsOf(fields.get('62')!).get('08')).toBe(content);
          expect(fields.get('63')).toBe(checksum(payload.slice(0, -4)));
        },
      ),
    );
  });

  test('refuses what a field cannot hold', () => {
    expect(() => vietQrPayload({ account, amount: 1000, content: 'Nộp phí' })).toThrow(RangeError);
    expect(() => vietQrPayload({ account: { ...account, accountNumber: '' } })).toThrow(RangeError);
  });
});
