import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookedRefund, type BookedTransfer, compareBooks } from './compare.ts';
import { readStatement } from './read-statement.ts';

const line = (bankReference: string, amount = 1000, direction: 'in' | 'out' = 'in') => ({
  bankReference,
  amount,
  direction,
  content: '',
});
const booked = (bankReference: string, more: Partial<BookedTransfer> = {}): BookedTransfer => ({
  id: bankReference,
  bankReference,
  amount: 1000,
  outcome: 'settled',
  ofDay: true,
  ...more,
});
const refund = (bankReference: string, more: Partial<BookedRefund> = {}): BookedRefund => ({
  id: bankReference,
  bankReference,
  amount: 1000,
  ofDay: true,
  ...more,
});
const kinds = (found: ReturnType<typeof compareBooks>) =>
  found.mismatches.map((mismatch) => `${mismatch.kind} ${mismatch.bankReference}`);

describe('books and bank', () => {
  test('agree where both know the same sum', () => {
    expect(compareBooks([line('A'), line('B', 1000, 'out')], [booked('A')], [refund('B')])).toEqual({
      matched: 2,
      mismatches: [],
    });
  });

  test('differ in six ways, each named once', () => {
    const found = compareBooks(
      [line('A'), line('A'), line('C', 999), line('D'), line('F', 5, 'out')],
      [booked('B'), booked('C'), booked('D', { outcome: 'unknown-reference' })],
      [refund('E')],
    );
    expect(kinds(found)).toEqual([
      'notInBooks A',
      'amountDiffers C',
      'unassigned D',
      'debitNotInBooks F',
      'notAtBank B',
      'refundNotAtBank E',
    ]);
  });

  test('of another day only count where the statement names them', () => {
    const other = { ofDay: false };
    expect(compareBooks([line('A')], [booked('A', other), booked('B', other)], [refund('C', other)])).toEqual({
      matched: 1,
      mismatches: [],
    });
  });

  test('every line and every booking of the day is either matched or named', () => {
    const references = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String));
    fc.assert(
      fc.property(references, references, (atBank, inBooks) => {
        const found = compareBooks(
          atBank.map((each) => line(each)),
          inBooks.map((each) => booked(each)),
          [],
        );
        const both = atBank.filter((each) => inBooks.includes(each)).length;
        expect(found.matched).toBe(both);
        expect(found.mismatches).toHaveLength(atBank.length + inBooks.length - 2 * both);
      }),
    );
  });
});

describe('a statement', () => {
  const read = (text: string) => readStatement(new TextEncoder().encode(text), '2026-11-23');

  test('is read as Vietnamese banks write it, with remarks above and below', () => {
    const text = [
      'SAO KÊ TÀI KHOẢN;;;;',
      'Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung',
      '23/11/2026 10:02:11;FT26327000001;;1.000.000;"MC23456789AB; nop phi"',
      '23/11/2026;FT26327000002;500.000,00;;HOAN TRA',
      '22/11/2026;FT26326000009;;7.000;cũ',
      'Tổng cộng;;500.000;1.007.000;',
    ].join('\r\n');
    expect(read(text).map(({ bankReference, direction, amount }) => `${bankReference} ${direction} ${amount}`)).toEqual(
      ['FT26327000001 in 1000000', 'FT26327000002 out 500000'],
    );
  });

  test('is read in English with commas', () => {
    const text = '\ufeffDate,Reference,Debit,Credit,Description\n2026-11-23,ft1234,,"1,000,000",MC "x"\n';
    expect(read(text)).toMatchObject([{ bankReference: 'FT1234', direction: 'in', amount: 1_000_000 }]);
  });

  test.each([
    ['no heading', 'a;b;c\n1;2;3', 'refunds.errors.statementHeading'],
    ['a sum that is none', 'date,reference,debit,credit,content\n2026-11-23,FT12,,x,y', 'refunds.errors.statementLine'],
    ['money both ways', 'date,reference,debit,credit,content\n2026-11-23,FT12,5,5,y', 'refunds.errors.statementLine'],
  ])('with %s is refused with the reason', (_, text, reason) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ reason }));
  });

  test('that names one transaction twice has its sum, which is not what was booked', () => {
    const lines = read('date,reference,debit,credit,content\n2026-11-23,FT12,,1000,a\n2026-11-23,FT12,,1000,b');
    expect(lines).toMatchObject([{ bankReference: 'FT12', amount: 2000 }]);
    expect(compareBooks(lines, [booked('FT12')], []).mismatches).toMatchObject([
      { kind: 'amountDiffers', bankAmount: 2000, bookAmount: 1000 },
    ]);
  });

  test('that is no text is refused', () => {
    expect(() => readStatement(new Uint8Array([0xff, 0xfe, 0x00]), '2026-11-23')).toThrow(
      expect.objectContaining({ reason: 'refunds.errors.statementEncoding' }),
    );
  });
});
