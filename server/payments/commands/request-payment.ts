import { paymentIntents } from '#db/schema/payments.ts';
import { env } from '#server/platform/env.ts';
import { AppError, command, newId, newSecret, personId } from '#server/platform/index.ts';
import { accountOf } from '../accounts.ts';
import { bankName } from '../bank-provider.ts';
import { RequestPayment } from '../inputs.ts';
import { canRequestPayment } from '../policy.ts';
import { findByKey, type Intent } from '../records.ts';
import { referenceFrom, referenceLength, sameContent } from '../rules.ts';

/**
 * Asks for a sum, in đồng. The same key with the same content gives the payment asked for before; the same key with
 * other content is a conflict, since one of the two must be wrong.
 */
export const requestPayment = command({
  name: 'payment.request',
  input: RequestPayment,
  load: async (ctx, { payer }) => {
    const actingFor = ctx.actor.kind === 'person' ? ctx.actor.actingFor : null;
    return payer
      ? { payerUserId: payer.userId, payerOrganisationId: payer.organisationId }
      : { payerUserId: personId(ctx.actor), payerOrganisationId: actingFor };
  },
  allow: (actor, payer, { payeeOrganisationId }) => canRequestPayment(actor, { ...payer, payeeOrganisationId }),
  run: async (ctx, { payer: _, ...request }, payer): Promise<Intent> => {
    const [added] = await ctx.tx
      .insert(paymentIntents)
      .values({
        id: newId(),
        ...request,
        ...payer,
        payeeAccount: await accountOf(ctx.tx, request.payeeOrganisationId, env().demo),
        reference: referenceFrom(newSecret(referenceLength - 2)),
        provider: bankName,
        status: 'pending',
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: paymentIntents.idempotencyKey })
      .returning();
    if (added) return added;
    const before = (await findByKey(ctx.tx, request.idempotencyKey))!;
    if (!sameContent(before, request)) throw new AppError('conflict', 'payments.errors.keyReused');
    return before;
  },
  audit: ({ input, result }) => ({
    subjectType: 'payment',
    subjectId: result.id,
    details: { for: `${input.subjectType}:${input.subjectId}`, amount: input.amount },
  }),
});
