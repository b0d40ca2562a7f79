import { and, eq, gte, inArray } from 'drizzle-orm';
import { paymentAccounts, paymentIntents, reconciliations } from '#db/schema/payments.ts';
import { localDate } from '#server/calendar/index.ts';
import { env } from '#server/platform/env.ts';
import { AppError, type Context, command } from '#server/platform/index.ts';
import { accountOf } from '../accounts.ts';
import { bankServices } from '../bank-services.ts';
import { BooksOf } from '../inputs.ts';
import { canReconcile } from '../policy.ts';
import { getPayee } from '../records.ts';
import { type Reconciled, reconcileDay } from './reconcile.ts';

/** How far back a day that was missed is made up for. */
const daysBack = 7;

/** Asks the bank for a day's statement and compares; for the administrator's button and for the daily run. */
export async function reconcileWithBank(ctx: Context, raw: BooksOf): Promise<Reconciled> {
  const { organisationId, day } = await mayReconcile(ctx, raw);
  const services = bankServices();
  if (!services) throw new AppError('invalidState', 'refunds.errors.noStatements');
  if (day > localDate(ctx.now())) throw new AppError('invalidInput', 'refunds.errors.dayAhead');
  const { accountNumber } = await accountOf(ctx.db, organisationId, env().demo);
  const lines = await services.statement(ctx, { accountNumber, day });
  return reconcileDay(ctx, { organisationId, day, source: 'bank', lines });
}

/** Who may not compare does not make the bank work either. */
const mayReconcile = command({
  name: 'payment.ask-statement',
  input: BooksOf,
  load: (ctx, { organisationId }) => getPayee(ctx.tx, organisationId),
  allow: (actor, { id }) => canReconcile(actor, id),
  run: async (_ctx, input) => input,
  audit: ({ input }) => ({ subjectType: 'organisation', subjectId: input.organisationId, details: { day: input.day } }),
});

/** Every authority that collects fees, every day of the last week up to yesterday that was not compared. */
export async function reconcileEveryone(ctx: Context): Promise<void> {
  if (!bankServices()) return;
  const days = Array.from({ length: daysBack }, (_, i) =>
    localDate(new Date(ctx.now().getTime() - (i + 1) * 86_400_000)),
  ).reverse();
  const organisations = await payees(ctx);
  if (organisations.length === 0) return;
  const done = await ctx.db
    .select({ organisationId: reconciliations.organisationId, day: reconciliations.day, ranAt: reconciliations.ranAt })
    .from(reconciliations)
    .where(and(inArray(reconciliations.organisationId, organisations), gte(reconciliations.day, days[0]!)));
  // a day compared before it was over is compared again
  const complete = new Set(
    done.filter((row) => localDate(row.ranAt) > row.day).map((row) => `${row.organisationId}|${row.day}`),
  );
  for (const organisationId of organisations) {
    for (const day of days) {
      if (!complete.has(`${organisationId}|${day}`)) await reconcileWithBank(ctx, { organisationId, day });
    }
  }
}

async function payees(ctx: Context): Promise<string[]> {
  const [named, asked] = await Promise.all([
    ctx.db.select({ id: paymentAccounts.organisationId }).from(paymentAccounts),
    ctx.db
      .selectDistinct({ id: paymentIntents.payeeOrganisationId })
      .from(paymentIntents)
      .where(eq(paymentIntents.provider, 'bank')),
  ]);
  return [...new Set([...named, ...asked].map((row) => row.id))].sort();
}
