import { z } from 'zod';
import { type DailyJob, type Job, job } from '#server/platform/index.ts';
import { issueReceipt } from './commands/issue-receipt.ts';
import { PaymentId, RefundId } from './inputs.ts';
import { reconcileEveryone } from './reconciliation/daily.ts';
import { sendRefund } from './refunds/send-refund.ts';

const receipt = job('receipt.issue', PaymentId, async (ctx, input) => {
  await issueReceipt(ctx, input);
});

const refund = job('refund.send', RefundId, (ctx, { refundId }, { last }) => sendRefund(ctx, refundId, last));

const reconcile = job('payments.reconcile', z.object({}), (ctx) => reconcileEveryone(ctx));

export const paymentsJobs = [receipt, refund, reconcile] as Job[];
/** Banks close their books at midnight. */
export const paymentsDaily: DailyJob[] = [{ job: 'payments.reconcile', at: '01:10' }];
