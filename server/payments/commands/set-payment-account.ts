import { paymentAccounts } from '#db/schema/payments.ts';
import { command, freshAssurance } from '#server/platform/index.ts';
import { SetPaymentAccount } from '../inputs.ts';
import { canSetAccount } from '../policy.ts';
import { getPayee } from '../records.ts';

/** Says on which bank account an authority is paid from now on. Codes already shown keep the account they show. */
export const setPaymentAccount = command({
  name: 'payment.set-account',
  input: SetPaymentAccount,
  load: (ctx, { organisationId }) => getPayee(ctx.tx, organisationId),
  allow: (actor, { id }) => freshAssurance(actor, canSetAccount(actor, id)),
  audit: ({ input }) => ({
    subjectType: 'organisation',
    subjectId: input.organisationId,
    details: { bankBin: input.bankBin, accountNumber: input.accountNumber },
  }),
  run: async (ctx, { organisationId, ...account }) => {
    const values = { ...account, updatedAt: ctx.now() };
    await ctx.tx
      .insert(paymentAccounts)
      .values({ organisationId, ...values })
      .onConflictDoUpdate({ target: paymentAccounts.organisationId, set: values });
  },
});
