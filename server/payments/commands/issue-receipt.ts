import { and, eq, ne } from 'drizzle-orm';
import { paymentIntents, paymentRefunds } from '#db/schema/payments.ts';
import { AppError, allow, command, getFile, refuse, storeFile, type TxContext } from '#server/platform/index.ts';
import { DocumentLayout, renderDocument } from '#server/signatures/index.ts';
import { PaymentId } from '../inputs.ts';
import { receiptLayout, type WentBack } from '../receipt.ts';
import { getPayee, lockIntent } from '../records.ts';

/**
 * Makes the receipt of a settled payment. A payment has one receipt: the second time gives the first, unless its money
 * has gone back since; then the sheet that replaces it says so.
 */
export const issueReceipt = command({
  name: 'payment.issue-receipt',
  input: PaymentId,
  load: (ctx, { paymentId }) => lockIntent(ctx, paymentId),
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('payments.errors.notYours')),
  run: async (ctx, { paymentId }, intent): Promise<{ fileId: string }> => {
    const wentBack = intent.status === 'refunded' ? await wentBackOf(ctx, paymentId) : [];
    const suffix = wentBack.length > 0 ? '-hoan-tra' : '';
    if (intent.receiptFileId && (await isCurrent(ctx, intent.receiptFileId, suffix)))
      return { fileId: intent.receiptFileId };
    if (!intent.receiptNumber || !intent.settledAt) throw new AppError('invalidState', 'payments.errors.notSettled');
    const payee = await getPayee(ctx.tx, intent.payeeOrganisationId);
    const bytes = await renderDocument(DocumentLayout.parse(receiptLayout(intent, payee, wentBack)));
    const name = `bien-lai-${intent.receiptYear}-${String(intent.receiptNumber).padStart(7, '0')}${suffix}.pdf`;
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

async function wentBackOf(ctx: TxContext, paymentId: string): Promise<WentBack[]> {
  const rows = await ctx.tx
    .select()
    .from(paymentRefunds)
    .where(
      and(
        eq(paymentRefunds.intentId, paymentId),
        eq(paymentRefunds.state, 'sent'),
        ne(paymentRefunds.ground, 'overpaid'),
      ),
    )
    .orderBy(paymentRefunds.sentAt, paymentRefunds.id);
  return rows.map(({ sentAt, bankReference, amount }) => ({ sentAt: sentAt!, bankReference: bankReference!, amount }));
}

/** Its name says which of the two sheets a file is. */
const isCurrent = async (ctx: TxContext, fileId: string, suffix: string): Promise<boolean> =>
  (await getFile(ctx.tx, fileId)).name.endsWith('-hoan-tra.pdf') === (suffix !== '');
