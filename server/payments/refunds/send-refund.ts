import { and, eq, ne, sql } from 'drizzle-orm';
import { paymentIntents, paymentRefunds } from '#db/schema/payments.ts';
import { AppError, type Context, command, enqueue, type TxContext } from '#server/platform/index.ts';
import { bankServices } from '../bank-services.ts';
import { RecordRefundFailed, RecordRefundSent } from '../inputs.ts';
import { canProposeByRule, canRecordRefundSent } from '../policy.ts';
import { accountOfTransfer, getRefundRow, getTransfer, type Intent } from '../records.ts';
import { announceMoney } from '../subjects.ts';
import { lockRefundMoney } from './decide-refund.ts';

/**
 * Gives an approved refund to the bank as an order. Run twice, the bank makes it once: the order bears the refund's id.
 * Where the bank takes no orders the refund waits for the transfer that the administrator makes by hand.
 */
export async function sendRefund(ctx: Context, refundId: string, lastAttempt: boolean): Promise<void> {
  const refund = await getRefundRow(ctx.db, refundId);
  const services = bankServices();
  if (refund.state !== 'approved' || !services) return;
  const transfer = await getTransfer(ctx.db, refund.callbackId);
  try {
    const { bankReference } = await services.refund(ctx, {
      orderId: refund.id,
      amount: refund.amount,
      originalReference: transfer.bankReference ?? transfer.eventId,
      accountNumber: await accountOfTransfer(ctx.db, transfer),
      content: `HOAN TRA ${transfer.bankReference ?? ''}`.trim(),
    });
    await recordRefundSent(ctx, { refundId, bankReference });
  } catch (error) {
    const refused = error instanceof AppError && error.code === 'invalidInput';
    if (!refused && !lastAttempt) throw error;
    const failure = error instanceof AppError ? error.reason : 'refunds.errors.bankUnanswered';
    await recordRefundFailed(ctx, { refundId, failure });
  }
}

/** The bank has made the transfer back: the payment it was for counts as refunded once all of its fee has gone back. */
export const recordRefundSent = command({
  name: 'refund.record-sent',
  input: RecordRefundSent,
  load: (ctx, { refundId }) => lockRefundMoney(ctx, refundId),
  allow: (actor, { facts }) => canRecordRefundSent(actor, facts),
  run: async (ctx, { refundId, bankReference }, { refund, intent }) => {
    if (refund.state === 'sent') {
      if (refund.bankReference === bankReference) return { refundId };
      throw new AppError('conflict', 'refunds.errors.sentAlready');
    }
    if (refund.state !== 'approved' && refund.state !== 'failed') {
      throw new AppError('invalidState', 'refunds.errors.notApproved');
    }
    await assertUnusedReference(ctx, refund.organisationId, bankReference);
    await ctx.tx
      .update(paymentRefunds)
      .set({ state: 'sent', sentAt: ctx.now(), bankReference, failure: null })
      .where(eq(paymentRefunds.id, refundId));
    const { amount, ground, id } = refund;
    if (intent) await closeIfAllWentBack(ctx, intent);
    await announceMoney(ctx, intent, { kind: 'refundSent', amount, ground, id });
    return { refundId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'refund',
    subjectId: input.refundId,
    details: { bankReference: input.bankReference, amount: subject.refund.amount },
  }),
});

/** The bank will not: an official sees why and may try again. */
export const recordRefundFailed = command({
  name: 'refund.record-failed',
  input: RecordRefundFailed,
  load: (ctx, { refundId }) => lockRefundMoney(ctx, refundId),
  allow: canProposeByRule,
  run: async (ctx, { refundId, failure }, { refund }) => {
    if (refund.state === 'approved') {
      await ctx.tx.update(paymentRefunds).set({ state: 'failed', failure }).where(eq(paymentRefunds.id, refundId));
    }
    return { refundId };
  },
  audit: ({ input }) => ({ subjectType: 'refund', subjectId: input.refundId, details: { failure: input.failure } }),
});

/** One transfer of the bank stands behind one refund. */
async function assertUnusedReference(ctx: TxContext, organisationId: string, bankReference: string): Promise<void> {
  const [other] = await ctx.tx
    .select({ id: paymentRefunds.id })
    .from(paymentRefunds)
    .where(and(eq(paymentRefunds.organisationId, organisationId), eq(paymentRefunds.bankReference, bankReference)));
  if (other) throw new AppError('conflict', 'refunds.errors.referenceUsed');
}

/** What was too much does not count: a fee is refunded when all of it has gone back. Its receipt then says so. */
async function closeIfAllWentBack(ctx: TxContext, intent: Intent): Promise<void> {
  const [row] = await ctx.tx.execute<{ total: string }>(sql`
    select coalesce(sum(r.amount), 0) as total from payment_refunds r join payment_callbacks c on c.id = r.callback_id
    where r.intent_id = ${intent.id} and r.state = 'sent' and r.ground <> 'overpaid' and c.outcome in ('settled', 'overpaid')`);
  if (intent.status !== 'settled' || Number(row!.total) < intent.amount) return;
  await ctx.tx
    .update(paymentIntents)
    .set({ status: 'refunded' })
    .where(and(eq(paymentIntents.id, intent.id), ne(paymentIntents.status, 'refunded')));
  await enqueue(ctx, 'receipt.issue', { paymentId: intent.id }, { jobKey: `receipt.issue:${intent.id}` });
}
