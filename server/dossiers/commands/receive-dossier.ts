import { eq } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { paymentsOfSubject, refundFee } from '#server/payments/index.ts';
import { as, command, systemActor, type TxContext } from '#server/platform/index.ts';
import { getVersion, papersFor } from '#server/procedures/index.ts';
import { addClockEvent } from '../clock.ts';
import { ReceiveDossier, RefuseReceipt } from '../inputs.ts';
import { canTakeStep } from '../policy.ts';
import { currentPapers, papersOf } from '../records.ts';
import { createSlip } from '../slips.ts';
import { completeStep, lockAtStep, openTaskOf } from '../steps.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { addToTimeline } from '../timeline.ts';

/** The one-stop officer receives: the legal clock starts and slip 01 names the appointment date. */
export const receiveDossier = command({
  name: 'dossier.receive',
  input: ReceiveDossier,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, 'receive'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'one-stop', at.task),
  run: async (ctx, _input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const held = currentPapers(await papersOf(ctx.tx, dossier.id));
    const papers = papersFor(version, dossier.answers)
      .map((paper) => ({ name: paper.title.vi, copies: held.filter((each) => each.paperKey === paper.key).length }))
      .filter((paper) => paper.copies > 0);
    const receivedAt = ctx.now();
    const clock = await addClockEvent(ctx, dossier, { kind: 'start', reason: 'received', days: version.limitDays });
    const slipId = await createSlip(ctx, dossier, '01', {
      papers,
      receivedAt,
      dueAt: clock.dueAt,
      limitDays: version.limitDays,
      fee: await feePaid(ctx, dossier.id),
    });
    await ctx.tx.update(dossiers).set({ receivedAt }).where(eq(dossiers.id, dossier.id));
    await addToTimeline(ctx, dossier.id, 'received', { data: { dueAt: clock.dueAt, days: version.limitDays } });
    await completeStep(ctx, at, { receipt: 'accept' });
    await tellApplicant(ctx, dossier, 'received', { dueAt: clock.dueAt }, slipId);
    return { dueAt: clock.dueAt };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { dueAt: result.dueAt },
  }),
});

/** What was paid for the dossier, as the receipt says it; null: nothing was. */
async function feePaid(ctx: TxContext, dossierId: string) {
  const payments = await paymentsOfSubject(as(ctx, systemActor('dossiers')), {
    subjectType: 'dossier',
    subjectId: dossierId,
  });
  const paid = payments.find((payment) => payment.status === 'settled');
  return paid ? { amount: paid.amount, receiptNumber: paid.receiptNumber, settledAt: paid.settledAt } : null;
}

/** Refuses at the counter, with a reason from the list and in words; slip 03 says so. */
export const refuseReceipt = command({
  name: 'dossier.refuseReceipt',
  input: RefuseReceipt,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, 'receive'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'one-stop', at.task),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    const slipId = await createSlip(ctx, dossier, '03', { reason: input.reason, explanation: input.explanation });
    await addToTimeline(ctx, dossier.id, 'refusedAtReceipt', {
      data: { reason: input.reason, explanation: input.explanation },
    });
    await refundFee(as(ctx, systemActor('dossiers')), {
      subjectType: 'dossier',
      subjectId: dossier.id,
      ground: 'refusedAtReceipt',
    });
    await completeStep(ctx, at, { receipt: 'refuse' });
    await tellApplicant(ctx, dossier, 'refused-at-receipt', {}, slipId);
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { reason: input.reason } }),
});
