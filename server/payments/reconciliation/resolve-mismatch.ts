import { and, eq } from 'drizzle-orm';
import {
  bankStatementChanges,
  bankStatementLines,
  reconciliationMismatches,
  reconciliations,
} from '#db/schema/payments.ts';
import { AppError, command, notFound, personId, type TxContext } from '#server/platform/index.ts';
import { bankName } from '../bank-provider.ts';
import { lockMeant, recordTransfer } from '../commands/record-callback.ts';
import { ResolveMismatch } from '../inputs.ts';
import { canReconcile } from '../policy.ts';
import { refundedOf } from '../records.ts';
import { proposeRefund } from '../refunds/propose-refund.ts';
import { referencesIn, resolutionsFor } from '../rules.ts';
import { compareDay } from './reconcile.ts';

type MismatchRow = typeof reconciliationMismatches.$inferSelect;

/**
 * A person settles a difference between books and bank, with a note. `booked`: the statement's line counts as the word
 * of the bank that never came, and pays what it names; `refund`: the money is proposed to go back; `restated`: what the later
 * statement says holds from now on; `explained`: only the note.
 */
export const resolveMismatch = command({
  name: 'payment.resolve-mismatch',
  input: ResolveMismatch,
  load: async (ctx, { mismatchId }): Promise<MismatchRow> => {
    const [row] = await ctx.tx
      .select()
      .from(reconciliationMismatches)
      .where(eq(reconciliationMismatches.id, mismatchId))
      .for('update');
    return row ?? notFound();
  },
  allow: (actor, { organisationId }) => canReconcile(actor, organisationId),
  run: async (ctx, { mismatchId, resolution, note }, mismatch) => {
    if (mismatch.resolvedAt) throw new AppError('conflict', 'refunds.errors.resolvedAlready');
    if (!resolutionsFor(mismatch.kind).includes(resolution)) {
      throw new AppError('invalidState', 'refunds.errors.resolutionUnfit');
    }
    const callbackId = resolution === 'booked' ? await bookLine(ctx, mismatch) : mismatch.callbackId;
    if (resolution === 'refund') await proposeWhatIsLeft(ctx, mismatch, note);
    if (resolution === 'restated') await letChangeHold(ctx, mismatch);
    await ctx.tx
      .update(reconciliationMismatches)
      .set({ resolution, note, callbackId, resolvedBy: personId(ctx.actor), resolvedAt: ctx.now() })
      .where(eq(reconciliationMismatches.id, mismatchId));
    return { organisationId: mismatch.organisationId, day: mismatch.day };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'mismatch',
    subjectId: input.mismatchId,
    details: { kind: subject.kind, resolution: input.resolution, bankReference: subject.bankReference },
  }),
});

/**
 * The line of the statement as the person saw it, recorded as the bank's own word. A callback that comes after all finds it
 * and changes nothing.
 */
async function bookLine(ctx: TxContext, { lineId, day, bankAmount, content }: MismatchRow): Promise<string> {
  const [line] = lineId ? await ctx.tx.select().from(bankStatementLines).where(eq(bankStatementLines.id, lineId)) : [];
  if (!line || bankAmount === null || content === null)
    throw new AppError('invalidState', 'refunds.errors.resolutionUnfit');
  const { accountNumber, bankReference } = line;
  const amount = bankAmount;
  const references = referencesIn(content);
  const event = {
    eventId: `statement:${bankReference}`,
    references,
    providerReference: bankReference,
    amount,
    accountNumber,
    payload: { accountNumber, amount, content, bankReference, transferredAt: `${day}T12:00:00+07:00`, statement: true },
  };
  return (await recordTransfer(ctx, bankName, event, await lockMeant(ctx, event))).id;
}

/** The day is compared anew with what the bank says now: where our books say otherwise, that is a difference of its own. */
async function letChangeHold(ctx: TxContext, { changeId, lineId, organisationId, day }: MismatchRow): Promise<void> {
  if (!changeId || !lineId) throw new AppError('invalidState', 'refunds.errors.resolutionUnfit');
  const ofDay = and(eq(reconciliations.organisationId, organisationId), eq(reconciliations.day, day));
  await ctx.tx.select({ id: reconciliations.id }).from(reconciliations).where(ofDay).for('update');
  // of several words about one transaction one holds
  const { tx } = ctx;
  await tx.update(bankStatementChanges).set({ acceptedAt: null }).where(eq(bankStatementChanges.lineId, lineId));
  await tx.update(bankStatementChanges).set({ acceptedAt: ctx.now() }).where(eq(bankStatementChanges.id, changeId));
  await compareDay(ctx, organisationId, day);
}

async function proposeWhatIsLeft(
  ctx: TxContext,
  { callbackId, bookAmount }: MismatchRow,
  reason: string,
): Promise<void> {
  if (!callbackId || !bookAmount) throw new AppError('invalidState', 'refunds.errors.resolutionUnfit');
  const left = bookAmount - (await refundedOf(ctx.tx, callbackId));
  if (left <= 0) throw new AppError('conflict', 'refunds.errors.proposedAlready');
  await proposeRefund(ctx, { callbackId, amount: left, reason });
}
