import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { paymentCallbacks, paymentIntents } from '#db/schema/payments.ts';
import { type Actor, notFound, type TxContext } from '#server/platform/index.ts';
import type { PaymentSubject } from './inputs.ts';

export type Intent = typeof paymentIntents.$inferSelect;
export type Callback = typeof paymentCallbacks.$inferSelect;

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

export async function findCallback(db: Reader, provider: string, eventId: string): Promise<Callback | null> {
  const [row] = await db
    .select()
    .from(paymentCallbacks)
    .where(and(eq(paymentCallbacks.provider, provider), eq(paymentCallbacks.eventId, eventId)));
  return row ?? null;
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
