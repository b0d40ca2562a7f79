import { eq } from 'drizzle-orm';
import { paymentRefunds } from '#db/schema/payments.ts';
import { AppError, command, enqueue, freshAssurance, personId, type TxContext } from '#server/platform/index.ts';
import { DecideRefund, RefundId } from '../inputs.ts';
import { canDecideRefund, canRetryRefund } from '../policy.ts';
import { getRefundRow, type Intent, lockRefund, type Refund } from '../records.ts';
import { announceMoney, lockWithSubject } from '../subjects.ts';

export interface LockedRefund {
  refund: Refund;
  intent: Intent | null;
  /** what the policy asks about */
  facts: { organisationId: string; proposedBy: string | null; payer: Intent | null };
}

/** A refund and its payment, locked in the one order. */
export async function lockRefundMoney(ctx: TxContext, refundId: string): Promise<LockedRefund> {
  const { intentId } = await getRefundRow(ctx.tx, refundId);
  const intent = intentId ? await lockWithSubject(ctx, intentId) : null;
  const refund = await lockRefund(ctx, refundId);
  return { refund, intent, facts: { ...refund, payer: intent } };
}

/** Somebody other than the proposer says yes, and the money is sent, or no, with a reason. */
export const decideRefund = command({
  name: 'refund.decide',
  input: DecideRefund,
  load: (ctx, { refundId }) => lockRefundMoney(ctx, refundId),
  allow: (actor, { facts }) => freshAssurance(actor, canDecideRefund(actor, facts)),
  run: async (ctx, { refundId, approve, note }, { refund, intent }) => {
    if (refund.state !== 'proposed') throw new AppError('conflict', 'refunds.errors.decidedAlready');
    await ctx.tx
      .update(paymentRefunds)
      .set({
        state: approve ? 'approved' : 'declined',
        decidedBy: personId(ctx.actor),
        decidedAt: ctx.now(),
        decisionNote: note.normalize('NFC').trim() || null,
      })
      .where(eq(paymentRefunds.id, refundId));
    const { amount, ground, id } = refund;
    await announceMoney(ctx, intent, { kind: approve ? 'refundApproved' : 'refundDeclined', amount, ground, id });
    if (approve) await orderRefund(ctx, refundId);
    return { refundId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'refund',
    subjectId: input.refundId,
    details: { approve: input.approve, amount: subject.refund.amount },
  }),
});

/** The bank refused: the order is given once more, e.g. after the account was filled up. */
export const retryRefund = command({
  name: 'refund.retry',
  input: RefundId,
  load: (ctx, { refundId }) => lockRefundMoney(ctx, refundId),
  allow: (actor, { facts }) => canRetryRefund(actor, facts),
  run: async (ctx, { refundId }, { refund }) => {
    if (refund.state !== 'failed') throw new AppError('invalidState', 'refunds.errors.notFailed');
    await ctx.tx
      .update(paymentRefunds)
      .set({ state: 'approved', failure: null })
      .where(eq(paymentRefunds.id, refundId));
    await orderRefund(ctx, refundId);
    return { refundId };
  },
  audit: ({ input }) => ({ subjectType: 'refund', subjectId: input.refundId }),
});

/** The order leaves the building in a job, after the commit. */
const orderRefund = (ctx: TxContext, refundId: string): Promise<void> =>
  enqueue(ctx, 'refund.send', { refundId }, { jobKey: `refund.send:${refundId}`, maxAttempts: 8 });
