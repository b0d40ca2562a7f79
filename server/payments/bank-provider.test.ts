import { describe, expect, test } from 'vitest';
import { bankProvider, signatureOf } from './bank-provider.ts';

const secret = 'a secret of thirty-two characters';
const at = new Date('2026-11-23T03:00:00Z');
const timestamp = String(at.getTime() / 1000);
const notice = {
  eventId: 'e-1',
  bankReference: 'FT1',
  accountNumber: '123456',
  amount: 1_000_000,
  currency: 'VND',
  content: 'MC23456789AB nộp phí',
  transferredAt: '2026-11-23T10:00:00+07:00',
};
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const rawBody = bytes(notice);
const signature = signatureOf(secret, timestamp, rawBody);
const provider = (later = 0) => bankProvider(secret, () => new Date(at.getTime() + later * 1000));

const refused = expect.objectContaining({ code: 'forbidden', reason: 'payments.errors.callbackNotGenuine' });

describe('a callback of the bank', () => {
  test('that is signed and fresh is believed', () => {
    expect(provider().verifyCallback({ timestamp, signature }, rawBody)).toMatchObject({
      eventId: 'e-1',
      references: ['MC23456789AB'],
      amount: 1_000_000,
      providerReference: 'FT1',
    });
  });

  test.each([
    ['another body', { timestamp, signature }, bytes({ ...notice, amount: 1 })],
    ['another time', { timestamp: String(Number(timestamp) + 1), signature }, rawBody],
    ['another secret', { timestamp, signature: signatureOf('another', timestamp, rawBody) }, rawBody],
    ['an empty signature', { timestamp, signature: '' }, rawBody],
    ['a signature cut short', { timestamp, signature: signature.slice(0, -2) }, rawBody],
    ['a signature in capitals', { timestamp, signature: signature.toUpperCase() }, rawBody],
    ['no time', { timestamp: '', signature: signatureOf(secret, '', rawBody) }, rawBody],
    ['a time that is no number', { timestamp: 'NaN', signature: signatureOf(secret, 'NaN', rawBody) }, rawBody],
  ])('with %s is refused', (_, headers, body) => {
    expect(() => provider().verifyCallback(headers, body)).toThrow(refused);
  });

  test('is believed for five minutes either way and not a second longer', () => {
    for (const later of [-300, 300])
      expect(() => provider(later).verifyCallback({ timestamp, signature }, rawBody)).not.toThrow();
    for (const later of [-301, 301])
      expect(() => provider(later).verifyCallback({ timestamp, signature }, rawBody)).toThrow(refused);
  });

  test('that is genuine but says nothing we understand names what is wrong', () => {
    const wrong = bytes({ ...notice, currency: 'USD' });
    const headers = { timestamp, signature: signatureOf(secret, timestamp, wrong) };
    expect(() => provider().verifyCallback(headers, wrong)).toThrow(expect.objectContaining({ code: 'invalidInput' }));
    const noise = Buffer.from([0xff, 0xfe, 0x00]);
    expect(() =>
      provider().verifyCallback({ timestamp, signature: signatureOf(secret, timestamp, noise) }, noise),
    ).toThrow(expect.objectContaining({ reason: 'payments.errors.callbackUnreadable' }));
  });
});
