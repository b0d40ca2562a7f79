import { and, asc, eq, sql } from 'drizzle-orm';
import { demoBankTransfers } from '#db/schema/payments.ts';
import { AppError, type Context, newId } from '#server/platform/index.ts';
import type { BankNotice } from './inputs.ts';
import type { BankServices } from './provider.ts';

/** A transfer made at the demo bank, before anybody is told of it. */
export async function bookAtDemoBank(ctx: Context, notice: BankNotice): Promise<void> {
  await ctx.db.insert(demoBankTransfers).values({
    id: newId(),
    accountNumber: notice.accountNumber,
    direction: 'in',
    amount: notice.amount,
    content: notice.content,
    bankReference: notice.bankReference,
    at: new Date(notice.transferredAt),
  });
}

/** The demo bank's side of refunds and statements; its books are the table of its transfers. */
export const demoBankServices: BankServices = {
  async refund(ctx, order) {
    const [original] = await ctx.db
      .select()
      .from(demoBankTransfers)
      .where(eq(demoBankTransfers.bankReference, order.originalReference));
    if (original?.direction !== 'in') throw new AppError('invalidInput', 'refunds.errors.bankKnowsNoTransfer');
    const id = newId();
    await ctx.db
      .insert(demoBankTransfers)
      .values({
        id,
        accountNumber: order.accountNumber,
        direction: 'out',
        amount: order.amount,
        content: order.content,
        bankReference: referenceOf(id),
        orderId: order.orderId,
        at: ctx.now(),
      })
      .onConflictDoNothing({ target: demoBankTransfers.orderId });
    const [made] = await ctx.db.select().from(demoBankTransfers).where(eq(demoBankTransfers.orderId, order.orderId));
    return { bankReference: made!.bankReference };
  },
  async statement(ctx, { accountNumber, day }) {
    const rows = await ctx.db
      .select()
      .from(demoBankTransfers)
      .where(
        and(
          eq(demoBankTransfers.accountNumber, accountNumber),
          sql`(${demoBankTransfers.at} at time zone 'Asia/Ho_Chi_Minh')::date = ${day}::date`,
        ),
      )
      .orderBy(asc(demoBankTransfers.at), asc(demoBankTransfers.id));
    return rows.map(({ bankReference, direction, amount, content }) => ({ bankReference, direction, amount, content }));
  },
};

/** The demo bank's name of a transfer. */
export const referenceOf = (id: string): string => `FT${id.replaceAll('-', '').slice(-12).toUpperCase()}`;
