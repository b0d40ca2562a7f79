import { and, desc, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { paymentAccounts, paymentCallbacks, paymentIntents, paymentRefunds } from '#db/schema/payments.ts';
import { type Actor, notFound, organisationsWithRole, type TxContext } from '#server/platform/index.ts';
import type { PaymentSubject } from './inputs.ts';
import { refundRoles } from './policy.ts';

export type Intent = typeof paymentIntents.$inferSelect;
export type Callback = typeof paymentCallbacks.$inferSelect;
export type Refund = typeof paymentRefunds.$inferSelect;

/** The payment of an id; throws notFound. */
export async function getIntent(db: Reader, id: string): Promise<Intent> {
  const [row] = await db.select().from(paymentIntents).where(eq(paymentIntents.id, id));
  return row ?? notFound();
}

/** The payment of an id, locked until the end of the transaction; throws notFound. */
export async function lockIntent(ctx: TxContext, id: string): Promise<Intent> {
  const [row] = await ctx.tx.select().from(paymentIntents).where(eq(paymentIntents.id, id)).for('update');
  return row ?? notFound();
}

/** The payment that one of these names. */
export async function findByReference(db: Reader, references: readonly string[]): Promise<Intent | null> {
  if (references.length === 0) return null;
  const named = inArray(paymentIntents.reference, references.slice(0, 20));
  const [row] = await db.select().from(paymentIntents).where(named);
  return row ?? null;
}

export async function findByKey(db: Reader, idempotencyKey: string): Promise<Intent | null> {
  const [row] = await db.select().from(paymentIntents).where(eq(paymentIntents.idempotencyKey, idempotencyKey));
  return row ?? null;
}

export async function findByReceiptFile(db: Reader, fileId: string): Promise<Intent | null> {
  const [row] = await db.select().from(paymentIntents).where(eq(paymentIntents.receiptFileId, fileId));
  return row ?? null;
}

/** All payments for a subject, newest first. */
export const intentsOfSubject = (db: Reader, { subjectType, subjectId }: PaymentSubject): Promise<Intent[]> =>
  db
    .select()
    .from(paymentIntents)
    .where(and(eq(paymentIntents.subjectType, subjectType), eq(paymentIntents.subjectId, subjectId)))
    .orderBy(desc(paymentIntents.createdAt), desc(paymentIntents.id));

/** What was recorded of this transfer before, under this event or another. */
export async function findTransfer(
  db: Reader,
  provider: string,
  { eventId, providerReference }: { eventId: string; providerReference: string },
): Promise<Callback | null> {
  const [row] = await db
    .select()
    .from(paymentCallbacks)
    .where(
      and(
        eq(paymentCallbacks.provider, provider),
        or(eq(paymentCallbacks.eventId, eventId), eq(paymentCallbacks.bankReference, providerReference)),
      ),
    )
    .orderBy(sql`${paymentCallbacks.eventId} = ${eventId} desc`);
  return row ?? null;
}

export async function getTransfer(db: Reader, id: string): Promise<Callback> {
  const [row] = await db.select().from(paymentCallbacks).where(eq(paymentCallbacks.id, id));
  return row ?? notFound();
}

/** A transfer, locked: what goes back of it is counted under this lock; throws notFound. */
export async function lockTransfer(ctx: TxContext, id: string): Promise<Callback> {
  const [row] = await ctx.tx.select().from(paymentCallbacks).where(eq(paymentCallbacks.id, id)).for('update');
  return row ?? notFound();
}

/** The account a transfer arrived on. */
export async function accountOfTransfer(db: Reader, transfer: Callback): Promise<string> {
  const { accountNumber } = transfer.payload;
  if (typeof accountNumber === 'string') return accountNumber;
  return (await getIntent(db, transfer.intentId!)).payeeAccount.accountNumber;
}

export async function getRefundRow(db: Reader, id: string): Promise<Refund> {
  const [row] = await db.select().from(paymentRefunds).where(eq(paymentRefunds.id, id));
  return row ?? notFound();
}

export async function lockRefund(ctx: TxContext, id: string): Promise<Refund> {
  const [row] = await ctx.tx.select().from(paymentRefunds).where(eq(paymentRefunds.id, id)).for('update');
  return row ?? notFound();
}

/** How much of a transfer is on its way back or has gone back, in đồng. */
export async function refundedOf(db: Reader, callbackId: string): Promise<number> {
  const [row] = await db
    .select({ total: sql<string>`coalesce(sum(${paymentRefunds.amount}), 0)` })
    .from(paymentRefunds)
    .where(and(eq(paymentRefunds.callbackId, callbackId), ne(paymentRefunds.state, 'declined')));
  return Number(row!.total);
}

/** The transfer that paid a fee; null while nothing has. */
export async function settlingTransfer(db: Reader, intentId: string): Promise<Callback | null> {
  const [row] = await db
    .select()
    .from(paymentCallbacks)
    .where(and(eq(paymentCallbacks.intentId, intentId), inArray(paymentCallbacks.outcome, ['settled', 'overpaid'])));
  return row ?? null;
}

/** Transfers and refunds of these payments, oldest first. */
export async function moneyOf(
  db: Reader,
  ids: readonly string[],
): Promise<{ transfers: Callback[]; refunds: Refund[] }> {
  if (ids.length === 0) return { transfers: [], refunds: [] };
  const [transfers, refunds] = await Promise.all([
    db
      .select()
      .from(paymentCallbacks)
      .where(inArray(paymentCallbacks.intentId, [...ids]))
      .orderBy(paymentCallbacks.receivedAt, paymentCallbacks.id),
    db
      .select()
      .from(paymentRefunds)
      .where(inArray(paymentRefunds.intentId, [...ids]))
      .orderBy(paymentRefunds.proposedAt, paymentRefunds.id),
  ]);
  return { transfers, refunds };
}

/** The authority an account belongs to: as its administrator said, or as a bill once shown says; null: nobody's. */
export async function ownerOfAccount(db: Reader, accountNumber: string): Promise<string | null> {
  const [named] = await db
    .select({ id: paymentAccounts.organisationId })
    .from(paymentAccounts)
    .where(eq(paymentAccounts.accountNumber, accountNumber));
  if (named) return named.id;
  const [shown] = await db
    .select({ id: paymentIntents.payeeOrganisationId })
    .from(paymentIntents)
    .where(sql`${paymentIntents.payeeAccount} ->> 'accountNumber' = ${accountNumber}`)
    .limit(1);
  return shown?.id ?? null;
}

/** The refunds an official may see, as `canSeeRefund` says for a single one. */
export function refundsVisibleTo(actor: Actor): SQL {
  const ids = organisationsWithRole(actor, refundRoles);
  return ids.length === 0 ? sql`false` : inArray(paymentRefunds.organisationId, ids);
}

/** The rows one pays, as `isPayer` says for a single one. */
export function intentsPaidBy(actor: Actor): SQL {
  if (actor.kind !== 'person') return sql`false`;
  const own = and(isNull(paymentIntents.payerOrganisationId), eq(paymentIntents.payerUserId, actor.userId))!;
  if (actor.memberships.length === 0) return own;
  return or(own, inArray(paymentIntents.payerOrganisationId, actor.memberships))!;
}

export interface Payee {
  id: string;
  name: string;
  nameEn: string | null;
  superiorName: string | null;
}

/** The organisations of these ids, by id. */
export async function payeesOf(db: Reader, ids: readonly string[]): Promise<Map<string, Payee>> {
  if (ids.length === 0) return new Map();
  const { id, name, nameEn, superiorName } = organisations;
  const rows = await db
    .select({ id, name, nameEn, superiorName })
    .from(organisations)
    .where(inArray(organisations.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** One organisation that is paid; throws notFound. */
export async function getPayee(db: Reader, id: string): Promise<Payee> {
  return (await payeesOf(db, [id])).get(id) ?? notFound();
}
