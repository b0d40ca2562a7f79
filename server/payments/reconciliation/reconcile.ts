import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { paymentCallbacks, paymentRefunds, reconciliationMismatches, reconciliations } from '#db/schema/payments.ts';
import { env } from '#server/platform/env.ts';
import { AppError, command, newId, type TxContext } from '#server/platform/index.ts';
import { accountOf } from '../accounts.ts';
import { Reconcile, UploadStatement } from '../inputs.ts';
import { canReconcile } from '../policy.ts';
import { getPayee } from '../records.ts';
import { compareBooks } from './compare.ts';
import { keepLines, type Line, linesOf } from './keep-lines.ts';
import { readStatement } from './read-statement.ts';

export interface Reconciled {
  organisationId: string;
  day: string;
  lines: number;
  matched: number;
  /** found now that nobody had found before */
  added: number;
}

/**
 * Compares a day of an authority's books with what its bank says and lists every difference for a person to settle.
 * Run again it adds only what is new: what somebody has settled stays settled.
 */
export const reconcileDay = command({
  name: 'payment.reconcile',
  input: Reconcile,
  load: (ctx, { organisationId }) => getPayee(ctx.tx, organisationId),
  allow: (actor, { id }) => canReconcile(actor, id),
  run: async (ctx, { organisationId, day, source, lines }): Promise<Reconciled> => {
    // the day's row is the lock: two runs of one day come one after the other
    await ctx.tx
      .insert(reconciliations)
      .values({ id: newId(), organisationId, day, source, lines: 0, matched: 0, ranAt: ctx.now() })
      .onConflictDoUpdate({ target: [reconciliations.organisationId, reconciliations.day], set: { ranAt: ctx.now() } });
    const { accountNumber } = await accountOf(ctx.tx, organisationId, env().demo);
    const changed = await keepLines(ctx, { organisationId, day, accountNumber }, lines);
    const compared = await compareDay(ctx, organisationId, day);
    await ctx.tx
      .update(reconciliations)
      .set({ source, ranAt: ctx.now() })
      .where(and(eq(reconciliations.organisationId, organisationId), eq(reconciliations.day, day)));
    return { organisationId, day, ...compared, added: changed + compared.added };
  },
  audit: ({ result }) => ({
    subjectType: 'organisation',
    subjectId: result.organisationId,
    details: { day: result.day, lines: result.lines, matched: result.matched, added: result.added },
  }),
});

/** Compares what is known of a day and adds the differences that are new. The caller has locked the day's row. */
export async function compareDay(
  ctx: TxContext,
  organisationId: string,
  day: string,
): Promise<Pick<Reconciled, 'lines' | 'matched' | 'added'>> {
  const kept = await linesOf(ctx, organisationId, day);
  const transfers = await bookedTransfers(ctx, organisationId, day, kept);
  const { matched, mismatches } = compareBooks(kept, transfers, await bookedRefunds(ctx, organisationId, day, kept));
  let added = 0;
  for (const mismatch of mismatches) {
    const line = kept.find((each) => each.bankReference === mismatch.bankReference && mismatch.bankAmount !== null);
    const rows = await ctx.tx
      .insert(reconciliationMismatches)
      .values({ id: newId(), organisationId, day, ...mismatch, lineId: line?.id ?? null, foundAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: reconciliationMismatches.id });
    added += rows.length;
  }
  await ctx.tx
    .update(reconciliations)
    .set({ lines: kept.length, matched })
    .where(and(eq(reconciliations.organisationId, organisationId), eq(reconciliations.day, day)));
  return { lines: kept.length, matched, added };
}

/** The same with the statement a bank gave as a file. */
export const uploadStatement = command({
  name: 'payment.upload-statement',
  input: UploadStatement,
  load: (ctx, { organisationId }) => getPayee(ctx.tx, organisationId),
  allow: (actor, { id }) => canReconcile(actor, id),
  run: async (ctx, { organisationId, day, bytes }): Promise<Reconciled> => {
    if (bytes.byteLength > 5_000_000) throw new AppError('limit', 'refunds.errors.statementTooLarge');
    const lines = readStatement(bytes, day);
    if (lines.length === 0) throw new AppError('invalidInput', 'refunds.errors.statementEmpty', { values: { day } });
    return reconcileDay(ctx, { organisationId, day, source: 'upload', lines });
  },
  audit: ({ input, result }) => ({
    subjectType: 'organisation',
    subjectId: input.organisationId,
    details: { day: input.day, lines: result.lines },
  }),
});

/** What came in on that day by our books, and whatever the statement names of other days. */
async function bookedTransfers(ctx: TxContext, organisationId: string, day: string, lines: readonly Line[]) {
  const ofDay = sql<boolean>`(coalesce((${paymentCallbacks.payload} ->> 'transferredAt')::timestamptz, ${paymentCallbacks.receivedAt})
    at time zone 'Asia/Ho_Chi_Minh')::date = ${day}::date`;
  const rows = await ctx.tx
    .select({
      id: paymentCallbacks.id,
      bankReference: paymentCallbacks.bankReference,
      amount: paymentCallbacks.amount,
      outcome: paymentCallbacks.outcome,
      ofDay,
    })
    .from(paymentCallbacks)
    .where(
      and(
        eq(paymentCallbacks.payeeOrganisationId, organisationId),
        isNotNull(paymentCallbacks.bankReference),
        or(ofDay, named(lines, 'in', paymentCallbacks.bankReference)),
      ),
    );
  return rows.map((row) => ({ ...row, bankReference: row.bankReference! }));
}

async function bookedRefunds(ctx: TxContext, organisationId: string, day: string, lines: readonly Line[]) {
  const ofDay = sql<boolean>`(${paymentRefunds.sentAt} at time zone 'Asia/Ho_Chi_Minh')::date = ${day}::date`;
  const rows = await ctx.tx
    .select({
      id: paymentRefunds.id,
      bankReference: paymentRefunds.bankReference,
      amount: paymentRefunds.amount,
      ofDay,
    })
    .from(paymentRefunds)
    .where(
      and(
        eq(paymentRefunds.organisationId, organisationId),
        eq(paymentRefunds.state, 'sent'),
        or(ofDay, named(lines, 'out', paymentRefunds.bankReference)),
      ),
    );
  return rows.map((row) => ({ ...row, bankReference: row.bankReference! }));
}

/** One parameter, however long the statement is. */
const named = (
  lines: readonly Line[],
  direction: Line['direction'],
  column: typeof paymentCallbacks.bankReference | typeof paymentRefunds.bankReference,
) => {
  const references = lines.filter((line) => line.direction === direction).map((line) => line.bankReference);
  return sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(references)}::jsonb))`;
};
