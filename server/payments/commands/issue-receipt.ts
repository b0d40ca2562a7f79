import { eq } from 'drizzle-orm';
import { paymentIntents } from '#db/schema/payments.ts';
import { AppError, allow, command, refuse, storeFile } from '#server/platform/index.ts';
import { DocumentLayout, renderDocument } from '#server/signatures/index.ts';
import { PaymentId } from '../inputs.ts';
import { receiptLayout } from '../receipt.ts';
import { getPayee, lockIntent } from '../records.ts';

/** Makes the receipt of a settled payment. A payment has one receipt: the second time gives the first. */
export const issueReceipt = command({
  name: 'payment.issue-receipt',
  input: PaymentId,
  load: (ctx, { paymentId }) => lockIntent(ctx, paymentId),
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('payments.errors.notYours')),
  run: async (ctx, { paymentId }, intent): Promise<{ fileId: string }> => {
    if (intent.receiptFileId) return { fileId: intent.receiptFileId };
    if (!intent.receiptNumber || !intent.settledAt) throw new AppError('invalidState', 'payments.errors.notSettled');
    const payee = await getPayee(ctx.tx, intent.payeeOrganisationId);
    const bytes = await renderDocument(DocumentLayout.parse(receiptLayout(intent, payee)));
    const name = `bien-lai-${intent.receiptYear}-${String(intent.receiptNumber).padStart(7, '0')}.pdf`;
    const file = await storeFile(ctx, { name, mediaType: 'application/pdf', bytes });
    await ctx.tx.update(paymentIntents).set({ receiptFileId: file.id }).where(eq(paymentIntents.id, paymentId));
    return { fileId: file.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'payment',
    subjectId: input.paymentId,
    details: { fileId: result.fileId },
  }),
});
