import { and, eq } from 'drizzle-orm';
import { paymentIntents } from '#db/schema/payments.ts';
import { command } from '#server/platform/index.ts';
import { PaymentSubject } from '../inputs.ts';
import { canRequestPayment } from '../policy.ts';
import { intentsOfSubject } from '../records.ts';

/** Nothing is owed for a subject any more, e.g. since it was withdrawn: what is still open is cancelled, what was paid stays. */
export const cancelPayment = command({
  name: 'payment.cancel',
  input: PaymentSubject,
  load: (ctx, subject) => intentsOfSubject(ctx.tx, subject),
  allow: (actor, intents) => {
    const verdicts = intents.map((intent) => canRequestPayment(actor, intent));
    return verdicts.find((verdict) => !verdict.allowed) ?? { allowed: true };
  },
  run: async (ctx, { subjectType, subjectId }, _): Promise<{ cancelled: number }> => {
    const open = and(
      eq(paymentIntents.subjectType, subjectType),
      eq(paymentIntents.subjectId, subjectId),
      eq(paymentIntents.status, 'pending'),
    );
    const rows = await ctx.tx
      .update(paymentIntents)
      .set({ status: 'cancelled' })
      .where(open)
      .returning({ id: paymentIntents.id });
    return { cancelled: rows.length };
  },
  audit: ({ input, result }) => ({
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    details: { cancelled: result.cancelled },
  }),
});
