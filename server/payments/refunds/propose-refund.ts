import { z } from 'zod';
import { paymentRefunds } from '#db/schema/payments.ts';
import { AppError, as, command, Id, newId, personId, systemActor, type TxContext } from '#server/platform/index.ts';
import { dongText } from '#server/platform/money.ts';
import { Amount, ProposeRefund, RefundFee } from '../inputs.ts';
import { canProposeByRule, canProposeRefund } from '../policy.ts';
import {
  type Callback,
  getTransfer,
  type Intent,
  intentsOfSubject,
  lockTransfer,
  type Refund,
  refundedOf,
  settlingTransfer,
} from '../records.ts';
import { groundOf, heldOf, type RefundGround, refundGrounds } from '../rules.ts';
import { announceMoney, lockWithSubject, refundRuleOf } from '../subjects.ts';

interface Money {
  transfer: Callback;
  intent: Intent | null;
  /** đồng of it that are not on their way back */
  left: number;
}

/** The transfer and what it was for, locked in the one order: subject, payment, transfer. */
async function lockMoney(ctx: TxContext, callbackId: string): Promise<Money> {
  const { intentId } = await getTransfer(ctx.tx, callbackId);
  const intent = intentId ? await lockWithSubject(ctx, intentId) : null;
  const transfer = await lockTransfer(ctx, callbackId);
  return { transfer, intent, left: transfer.amount - (await refundedOf(ctx.tx, callbackId)) };
}

/** An official proposes that money goes back, with a reason; somebody else decides. */
export const proposeRefund = command({
  name: 'refund.propose',
  input: ProposeRefund,
  load: (ctx, { callbackId }) => lockMoney(ctx, callbackId),
  allow: (actor, { transfer, intent }) =>
    canProposeRefund(actor, { organisationId: transfer.payeeOrganisationId ?? '', proposedBy: null, payer: intent }),
  run: async (ctx, { amount, reason }, money): Promise<{ refundId: string }> => {
    const { transfer, intent } = money;
    const surplus = intent ? heldOf(transfer.outcome, transfer.amount, intent.amount) : transfer.amount;
    const ground = groundOf(transfer.outcome, amount, surplus);
    return { refundId: (await add(ctx, money, { amount, ground, reason, by: personId(ctx.actor) })).id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'refund',
    subjectId: result.refundId,
    details: { callbackId: input.callbackId, amount: input.amount },
  }),
});

/** What a rule gives back: the same transfer and ground is proposed once. */
export const proposeByRule = command({
  name: 'refund.propose-by-rule',
  input: z.object({ callbackId: Id, amount: Amount, ground: z.enum(refundGrounds) }),
  load: (ctx, { callbackId }) => lockMoney(ctx, callbackId),
  allow: canProposeByRule,
  run: async (ctx, { amount, ground }, money): Promise<{ refundId: string }> => ({
    refundId: (await add(ctx, money, { amount, ground, reason: null, by: null })).id,
  }),
  audit: ({ input, result }) => ({
    subjectType: 'refund',
    subjectId: result.refundId,
    details: { callbackId: input.callbackId, amount: input.amount, ground: input.ground },
  }),
});

/** A dossier ended before it was received: what was paid for it goes back, if its procedure says so. */
export const refundFee = command({
  name: 'refund.propose-fee',
  input: RefundFee,
  load: (ctx, subject) => intentsOfSubject(ctx.tx, subject),
  allow: canProposeByRule,
  run: async (ctx, { ground }, intents): Promise<{ proposed: number }> => {
    let proposed = 0;
    for (const intent of intents) {
      const rule = await refundRuleOf(ctx, intent);
      const goesBack = ground === 'withdrawn' ? rule.withdrawnBeforeReceipt : rule.refusedAtReceipt;
      const transfer = goesBack && intent.status === 'settled' ? await settlingTransfer(ctx.tx, intent.id) : null;
      if (!transfer) continue;
      await proposeByRule(as(ctx, systemActor('payments')), { callbackId: transfer.id, amount: intent.amount, ground });
      proposed += 1;
    }
    return { proposed };
  },
  audit: ({ input, result }) => ({
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    details: { ground: input.ground, proposed: result.proposed },
  }),
});

interface Proposal {
  amount: number;
  ground: RefundGround;
  reason: string | null;
  by: string | null;
}

async function add(ctx: TxContext, { transfer, intent, left }: Money, proposal: Proposal): Promise<Refund> {
  if (proposal.amount > left)
    throw new AppError('invalidState', 'refunds.errors.moreThanLeft', { values: { left: dongText(left) } });
  const [refund] = await ctx.tx
    .insert(paymentRefunds)
    .values({
      id: newId(),
      callbackId: transfer.id,
      intentId: intent?.id ?? null,
      organisationId: transfer.payeeOrganisationId!,
      amount: proposal.amount,
      ground: proposal.ground,
      reason: proposal.reason,
      proposedBy: proposal.by,
      proposedAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning();
  if (!refund) throw new AppError('conflict', 'refunds.errors.proposedAlready');
  const { amount, ground, id } = refund;
  await announceMoney(ctx, intent, { kind: 'refundProposed', amount, ground, id });
  return refund;
}
