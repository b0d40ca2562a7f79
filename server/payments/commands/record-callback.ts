import { eq } from 'drizzle-orm';
import { paymentCallbacks, paymentIntents } from '#db/schema/payments.ts';
import { as, command, enqueue, newId, nextNumber, systemActor, type TxContext } from '#server/platform/index.ts';
import { bankProvider } from '../bank-provider.ts';
import { SignedCallback } from '../inputs.ts';
import { canRecordCallback } from '../policy.ts';
import { type Callback, findByReference, findTransfer, type Intent, lockIntent, ownerOfAccount } from '../records.ts';
import { proposeByRule } from '../refunds/propose-refund.ts';
import {
  automaticRefund,
  type CallbackOutcome,
  heldOf,
  outcomeOf,
  type ProviderEvent,
  settles,
  yearInVietnam,
} from '../rules.ts';
import { bankSecret } from '../secret.ts';
import { announceMoney, announceSettled, refundRuleOf, subjectHooks } from '../subjects.ts';

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
    const recorded = await recordTransfer(ctx, provider, event, intent);
    return { eventId: event.eventId, outcome: recorded.outcome, paymentId: recorded.intentId };
  },
  audit: ({ subject, result }) => ({
    subjectType: 'payment',
    subjectId: result.paymentId,
    details: { eventId: result.eventId, outcome: result.outcome, amount: subject.event.amount },
  }),
});

/**
 * One transfer, once: the row of it, made now or before. The caller has locked the payment it names (`lockMeant`) and
 * knows that the word of it is genuine: a signed callback, or a line of the bank's statement.
 */
export async function recordTransfer(
  ctx: TxContext,
  provider: string,
  event: ProviderEvent,
  intent: Intent | null,
): Promise<Callback> {
  const outcome = outcomeOf(intent, event);
  const ours = outcome === 'unknown-reference' ? null : intent;
  const [added] = await ctx.tx
    .insert(paymentCallbacks)
    .values({
      id: newId(),
      provider,
      eventId: event.eventId,
      bankReference: event.providerReference,
      intentId: intent?.id ?? null,
      payeeOrganisationId: ours?.payeeOrganisationId ?? (await ownerOfAccount(ctx.tx, event.accountNumber)),
      amount: event.amount,
      payload: event.payload,
      outcome,
      receivedAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning();
  if (!added) return (await findTransfer(ctx.tx, provider, event))!;
  if (intent && settles(outcome)) await settle(ctx, intent, event);
  if (ours) await holdTheRest(ctx, ours, added);
  return added;
}

/** Money that pays for nothing is shown as held and, where the procedure's rule says so, proposed for refund at once. */
async function holdTheRest(ctx: TxContext, intent: Intent, transfer: Callback): Promise<void> {
  const amount = heldOf(transfer.outcome, transfer.amount, intent.amount);
  if (amount === 0) return;
  await announceMoney(ctx, intent, { kind: 'held', amount, ground: null, id: transfer.id });
  const ground = automaticRefund(transfer.outcome, await refundRuleOf(ctx, intent));
  if (ground) await proposeByRule(as(ctx, systemActor('payments')), { callbackId: transfer.id, amount, ground });
}

/** The payment a transfer names, locked: its subject first, as the subject's own commands do. */
export async function lockMeant(ctx: TxContext, event: Pick<ProviderEvent, 'references'>): Promise<Intent | null> {
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
