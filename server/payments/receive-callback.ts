import { AppError, type Context, takeAttempt } from '#server/platform/index.ts';
import { bankProvider } from './bank-provider.ts';
import { type CallbackAnswer, recordCallback } from './commands/record-callback.ts';
import type { SignedCallback } from './inputs.ts';
import { findTransfer } from './records.ts';
import { bankSecret } from './secret.ts';

/**
 * The door of the bank's webhook. An event that is known is answered as before without touching anything; a forged one
 * is refused and leaves an audit row, up to a number a minute, so that nobody fills the log with them.
 */
export async function receiveBankCallback(ctx: Context, callback: SignedCallback): Promise<CallbackAnswer> {
  const provider = bankProvider(await bankSecret(ctx), ctx.now);
  const { rawBody, ...headers } = callback;
  try {
    const event = provider.verifyCallback(headers, rawBody);
    const known = await findTransfer(ctx.db, provider.name, event);
    if (known) return { eventId: event.eventId, outcome: known.outcome, paymentId: known.intentId };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await takeAttempt(ctx.db, 'bank-callback-refused', 30, 60, ctx.now());
  }
  return recordCallback(ctx, callback);
}
