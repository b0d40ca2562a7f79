import { and, count, desc, inArray } from 'drizzle-orm';
import { paymentRefunds } from '#db/schema/payments.ts';
import { peopleById } from '#server/identity/index.ts';
import { type Context, query, reader } from '#server/platform/index.ts';
import { bankServices } from '../bank-services.ts';
import { ListRefunds, RefundId } from '../inputs.ts';
import { canDecideRefund, canListRefunds, canRecordRefundSent, canRetryRefund, canSeeRefund } from '../policy.ts';
import {
  getIntent,
  getPayee,
  getRefundRow,
  getTransfer,
  type Intent,
  type Refund,
  refundsVisibleTo,
} from '../records.ts';
import type { RefundGround, RefundState } from '../rules.ts';

/** A refund on an official's list. */
export interface RefundItem {
  id: string;
  amount: number;
  ground: RefundGround;
  state: RefundState;
  proposedAt: Date;
  sentAt: Date | null;
  /** null: a transfer nobody can place */
  payerName: string | null;
  subjectCode: string | null;
}

/** Refunds of the authorities one deals with money for; `open`: what still needs somebody. */
export const listRefunds = query({
  input: ListRefunds,
  load: async () => null,
  allow: canListRefunds,
  view: async (ctx, _, { state, page, pageSize }) => {
    const db = reader(ctx);
    const states = state === 'open' ? (['proposed', 'approved', 'failed'] as const) : state === 'all' ? null : [state];
    const which = and(refundsVisibleTo(ctx.actor), states ? inArray(paymentRefunds.state, [...states]) : undefined);
    const [rows, [counted]] = await Promise.all([
      db
        .select()
        .from(paymentRefunds)
        .where(which)
        .orderBy(desc(paymentRefunds.proposedAt), desc(paymentRefunds.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db.select({ total: count() }).from(paymentRefunds).where(which),
    ]);
    const items = await Promise.all(rows.map(async (row) => item(row, await intentOf(ctx, row))));
    return { items, page, pageSize, total: counted!.total };
  },
});

/** One refund with who proposed and decided it, and what this official may do. */
export const getRefund = query({
  input: RefundId,
  load: (db, { refundId }) => getRefundRow(db, refundId),
  allow: (actor, refund) => canSeeRefund(actor, refund.organisationId),
  view: async (ctx, refund) => {
    const db = reader(ctx);
    const [intent, transfer, organisation, people] = await Promise.all([
      intentOf(ctx, refund),
      getTransfer(db, refund.callbackId),
      getPayee(db, refund.organisationId),
      peopleById(
        db,
        [refund.proposedBy, refund.decidedBy].filter((id) => id !== null),
      ),
    ]);
    const facts = { ...refund, payer: intent };
    const waits = refund.state === 'approved' || refund.state === 'failed';
    return {
      ...item(refund, intent),
      organisationName: organisation.name,
      reason: refund.reason,
      /** null: by the procedure's rule */
      proposedByName: refund.proposedBy ? (people.get(refund.proposedBy)?.name ?? '') : null,
      decidedByName: refund.decidedBy ? (people.get(refund.decidedBy)?.name ?? '') : null,
      decidedAt: refund.decidedAt,
      decisionNote: refund.decisionNote,
      bankReference: refund.bankReference,
      failure: refund.failure,
      transfer: {
        reference: transfer.bankReference,
        amount: transfer.amount,
        at: transfer.receivedAt,
        outcome: transfer.outcome,
      },
      dossierId: intent?.subjectType === 'dossier' ? intent.subjectId : null,
      mayDecide: refund.state === 'proposed' && canDecideRefund(ctx.actor, facts).allowed,
      mayRetry: refund.state === 'failed' && canRetryRefund(ctx.actor, facts).allowed,
      /** the bank takes no orders: the transfer is made by hand and recorded */
      mayRecord: waits && bankServices() === null && canRecordRefundSent(ctx.actor, facts).allowed,
    };
  },
});

const intentOf = async (ctx: Context, { intentId }: Refund): Promise<Intent | null> =>
  intentId ? getIntent(reader(ctx), intentId) : null;

const item = (refund: Refund, intent: Intent | null): RefundItem => ({
  id: refund.id,
  amount: refund.amount,
  ground: refund.ground,
  state: refund.state,
  proposedAt: refund.proposedAt,
  sentAt: refund.sentAt,
  payerName: intent?.payerName ?? null,
  subjectCode: intent?.subjectCode ?? null,
});
