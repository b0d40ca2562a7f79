import { count, desc } from 'drizzle-orm';
import { paymentIntents } from '#db/schema/payments.ts';
import { type Context, query, reader } from '#server/platform/index.ts';
import { ListPayments, PaymentId, PaymentSubject } from '../inputs.ts';
import { canListPayments, canSeePayment } from '../policy.ts';
import {
  findByReceiptFile,
  getIntent,
  type Intent,
  intentsOfSubject,
  intentsPaidBy,
  moneyOf,
  payeesOf,
} from '../records.ts';
import { subjectHooks } from '../subjects.ts';
import { type PaymentView, paymentView } from './view.ts';

const throughSubject = async (ctx: Context, { subjectType, subjectId }: PaymentSubject): Promise<boolean> =>
  (await subjectHooks(subjectType)?.canSee(ctx, subjectId)) ?? false;

async function viewsOf(ctx: Context, intents: readonly Intent[]): Promise<PaymentView[]> {
  const db = reader(ctx);
  const ids = intents.map((intent) => intent.id);
  const [payees, money] = await Promise.all([
    payeesOf(db, [...new Set(intents.map((intent) => intent.payeeOrganisationId))]),
    moneyOf(db, ids),
  ]);
  return intents.map((intent) =>
    paymentView(intent, payees.get(intent.payeeOrganisationId), {
      transfers: money.transfers.filter((transfer) => transfer.intentId === intent.id),
      refunds: money.refunds.filter((refund) => refund.intentId === intent.id),
    }),
  );
}

/** One payment. */
export const getPayment = query({
  input: PaymentId,
  load: async (db, { paymentId }, ctx) => {
    const intent = await getIntent(db, paymentId);
    return { intent, seen: await throughSubject(ctx, intent) };
  },
  allow: (actor, { intent, seen }) => canSeePayment(actor, intent, seen),
  view: async (ctx, { intent }) => (await viewsOf(ctx, [intent]))[0]!,
});

/** All payments for a subject that the actor may see, newest first; empty when there are none. */
export const paymentsOfSubject = query({
  input: PaymentSubject,
  load: async (db, subject, ctx) => {
    const [intents, seen] = await Promise.all([intentsOfSubject(db, subject), throughSubject(ctx, subject)]);
    return intents.filter((intent) => canSeePayment(ctx.actor, intent, seen).allowed);
  },
  allow: () => ({ allowed: true }),
  view: (ctx, intents) => viewsOf(ctx, intents),
});

/** What is owed for a subject, else what was last paid for it; null when the actor may see no payment of it. */
export async function intentOf(ctx: Context, subject: PaymentSubject): Promise<PaymentView | null> {
  const views = await paymentsOfSubject(ctx, subject);
  const byStatus = (status: PaymentView['status']) => views.find((view) => view.status === status);
  return byStatus('pending') ?? byStatus('settled') ?? views[0] ?? null;
}

/** What one pays, for oneself and for the businesses one may act for, newest first. */
export const listPayments = query({
  input: ListPayments,
  load: async () => null,
  allow: canListPayments,
  view: async (ctx, _, { page, pageSize }) => {
    const db = reader(ctx);
    const which = intentsPaidBy(ctx.actor);
    const [rows, [counted]] = await Promise.all([
      db
        .select()
        .from(paymentIntents)
        .where(which)
        .orderBy(desc(paymentIntents.createdAt), desc(paymentIntents.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db.select({ total: count() }).from(paymentIntents).where(which),
    ]);
    return { items: await viewsOf(ctx, rows), page, pageSize, total: counted!.total };
  },
});

/** Whether a stored file is the receipt of a payment that the actor may see: the question the file route asks. */
export async function canReadReceipt(ctx: Context, fileId: string): Promise<boolean> {
  const intent = await findByReceiptFile(reader(ctx), fileId);
  return intent !== null && canSeePayment(ctx.actor, intent, await throughSubject(ctx, intent)).allowed;
}
