import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, parseInput } from '#server/platform/index.ts';
import { BankNotice } from './inputs.ts';
import type { CallbackHeaders, Payable, PaymentProvider } from './provider.ts';
import { referencesIn } from './rules.ts';
import { vietQrPayload } from './vietqr.ts';

/** A callback older or newer than this is not believed, so that one overheard cannot be played again later. */
export const freshForSeconds = 300;

/** HMAC-SHA256 over `timestamp.body`, as lower-case hex. `timestamp`: seconds since 1970. */
export const signatureOf = (secret: string, timestamp: string, rawBody: Uint8Array): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex');

/** Payment by transfer to a bank account, with a VietQR code; the bank tells of each transfer with a signed callback. */
export function bankProvider(secret: string, now: () => Date): PaymentProvider {
  return {
    name: bankName,
    qrPayload: bankQrPayload,
    verifyCallback(headers, rawBody) {
      if (!isFresh(headers.timestamp, now()) || !isSigned(secret, headers, rawBody)) {
        throw new AppError('forbidden', 'payments.errors.callbackNotGenuine');
      }
      const notice = parseInput(BankNotice, jsonIn(rawBody));
      return {
        eventId: notice.eventId,
        references: referencesIn(notice.content),
        providerReference: notice.bankReference,
        amount: notice.amount,
        accountNumber: notice.accountNumber,
        payload: { ...notice },
      };
    },
  };
}

export const bankName = 'bank';

/** Everybody who may see the sum may see the code: it holds no secret. */
export const bankQrPayload = ({ payeeAccount, amount, reference }: Payable): string =>
  vietQrPayload({ account: payeeAccount, amount, content: reference });

function isFresh(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= freshForSeconds;
}

function isSigned(secret: string, { timestamp, signature }: CallbackHeaders, rawBody: Uint8Array): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const expected = Buffer.from(signatureOf(secret, timestamp, rawBody), 'hex');
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

function jsonIn(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    throw new AppError('invalidInput', 'payments.errors.callbackUnreadable');
  }
}
