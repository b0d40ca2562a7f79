import { eq } from 'drizzle-orm';
import { paymentCallbacks, paymentIntents } from '#db/schema/payments.ts';
import { command, enqueue, newId, nextNumber, type TxContext } from '#server/platform/index.ts';
import { bankProvider } from '../bank-provider.ts';
import { SignedCallback } from '../inputs.ts';
import { canRecordCallback } from '../policy.ts';
import { findByReference, findCallback, type Intent, lockIntent } from '../records.ts';
import { type CallbackOutcome, outcomeOf, type ProviderEvent, yearInVietnam } from '../rules.ts';
import { bankSecret } from '../secret.ts';
import { announceSettled, subjectHooks } from '../subjects.ts';

export interface CallbackAnswer {
  eventId: string;
  outcome: CallbackOutcome;
  /** what it was meant for, where it named something of ours */
  paymentId: string | null;
}

/**
 * Records what the bank says of one transfer and settles the payment it is for, with everything that follows from it,
 * in one transaction. The same event again gives the same answer and changes nothing.
 */
export const recordCallback = command({
  name: 'payment.record-callback',
  input: SignedCallback,
  load: async (ctx, { rawBody, ...headers }) => {
    const provider = bankProvider(await bankSecret(ctx), ctx.now);
    const event = provider.verifyCallback(headers, rawBody);
    return { provider: provider.name, event, intent: await lockMeant(ctx, event) };
  },
  allow: canRecordCallback,
  run: async (ctx, _, { provider, event, intent }): Promise<CallbackAnswer> => {
    const outcome = outcomeOf(intent, event);
    const [added] = await ctx.tx
      .insert(paymentCallbacks)
      .values({
        id: newId(),
        provider,
        eventId: event.eventId,
        intentId: intent?.id ?? null,
        amount: event.amount,
        payload: event.payload,
        outcome,
        receivedAt: ctx.now(),
      })
      .onConflictDoNothing({ target: [paymentCallbacks.provider, paymentCallbacks.eventId] })
      .returning();
    const recorded = added ?? (await findCallback(ctx.tx, provider, event.eventId))!;
    if (added && intent && outcome === 'settled') await settle(ctx, intent, event);
    return { eventId: event.eventId, outcome: recorded.outcome, paymentId: recorded.intentId };
  },
  audit: ({ subject, result }) => ({
    subjectType: 'payment',
    subjectId: result.paymentId,
    details: { eventId: result.eventId, outcome: result.outcome, amount: subject.event.amount },
  }),
});

/** The payment a transfer names, locked: its subject first, as the subject's own commands do. */
async function lockMeant(ctx: TxContext, event: ProviderEvent): Promise<Intent | null> {
  const meant = await findByReference(ctx.tx, event.references);
  if (!meant) return null;
  await subjectHooks(meant.subjectType)?.lock?.(ctx, meant.subjectId);
  return lockIntent(ctx, meant.id);
}

async function settle(ctx: TxContext, intent: Intent, event: ProviderEvent): Promise<void> {
  const settledAt = ctx.now();
  const [settled] = await ctx.tx
    .update(paymentIntents)
    .set({ status: 'settled', settledAt, providerReference: event.providerReference })
    .where(eq(paymentIntents.id, intent.id))
    .returning();
  await announceSettled(ctx, settled!);
  // last, since the counter of the payee and year stays locked until the commit
  const receiptYear = yearInVietnam(settledAt);
  const receiptNumber = await nextNumber(ctx, 'payment-receipt', `${intent.payeeOrganisationId}|${receiptYear}`);
  await ctx.tx.update(paymentIntents).set({ receiptNumber, receiptYear }).where(eq(paymentIntents.id, intent.id));
  await enqueue(ctx, 'receipt.issue', { paymentId: intent.id }, { jobKey: `receipt.issue:${intent.id}` });
}
