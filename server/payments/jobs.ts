import { type Job, job } from '#server/platform/index.ts';
import { issueReceipt } from './commands/issue-receipt.ts';
import { PaymentId } from './inputs.ts';

const receipt = job('receipt.issue', PaymentId, async (ctx, input) => {
  await issueReceipt(ctx, input);
});

export const paymentsJobs = [receipt] as Job[];
