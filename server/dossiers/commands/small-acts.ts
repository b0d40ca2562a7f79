import { eq } from 'drizzle-orm';
import { applicantRequests, dossierResults, ratings } from '#db/schema/dossiers.ts';
import { cancelPayment, refundFee } from '#server/payments/index.ts';
import { AppError, as, command, type Person, systemActor, type TxContext } from '#server/platform/index.ts';
import { cancelDocument, getDocument } from '#server/signatures/index.ts';
import { assignTask, correlateMessage } from '#server/workflow/index.ts';
import { addClockEvent, hasRunningClock } from '../clock.ts';
import { AddNote, DossierId, RateDossier, WithdrawDossier } from '../inputs.ts';
import { canActAsApplicant, canReadInternal } from '../policy.ts';
import { type Dossier, findOpenRequest, findResult, lockDossier } from '../records.ts';
import { withdrawableStates } from '../rules.ts';
import { canHoldTask, lockAtStep, officialSteps, openTaskOf } from '../steps.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { addToTimeline } from '../timeline.ts';

/** Takes the open official task: colleagues see whose it is. */
export const claimStep = command({
  name: 'dossier.claim',
  input: DossierId,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, ...officialSteps),
  allow: canHoldTask,
  run: async (ctx, _input, at) => {
    const task = openTaskOf(at);
    if (task.assigneeId === (ctx.actor as Person).userId || task.standIn) return { taskId: task.id };
    await assignTask(ctx, { taskId: task.id, assigneeId: (ctx.actor as Person).userId });
    await addToTimeline(ctx, at.dossier.id, 'taskTaken', { visibility: 'office', data: { step: task.node } });
    return { taskId: task.id };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId }),
});

/** An internal note: the applicant never sees it. */
export const addNote = command({
  name: 'dossier.addNote',
  input: AddNote,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canReadInternal,
  run: async (ctx, input, dossier) => {
    await addToTimeline(ctx, dossier.id, 'note', { visibility: 'office', data: { text: input.text } });
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId }),
});

/** How satisfied the applicant is: once a dossier, when the result is there. */
export const rateDossier = command({
  name: 'dossier.rate',
  input: RateDossier,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canActAsApplicant,
  run: async (ctx, input, dossier) => {
    const result = await findResult(ctx.tx, dossier.id);
    if (!result?.deliveredAt) throw new AppError('invalidState', 'dossiers.errors.notDelivered');
    const added = await ctx.tx
      .insert(ratings)
      .values({
        dossierId: dossier.id,
        authorityId: dossier.authorityId!,
        score: input.score,
        comment: input.comment.trim() || null,
        ratedBy: (ctx.actor as Person).userId,
        ratedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ dossierId: ratings.dossierId });
    if (added.length === 0) throw new AppError('invalidState', 'dossiers.errors.ratedAlready');
    await addToTimeline(ctx, dossier.id, 'rated', { data: { score: input.score } });
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { score: input.score } }),
});

/** The applicant takes the dossier back; whatever was under way for it ends. */
export const withdrawDossier = command({
  name: 'dossier.withdraw',
  input: WithdrawDossier,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canActAsApplicant,
  run: async (ctx, input, dossier) => {
    if (!withdrawableStates.some((state) => state === dossier.state)) {
      throw new AppError('invalidState', 'dossiers.errors.tooLateToWithdraw');
    }
    if (await hasRunningClock(ctx.tx, dossier.id))
      await addClockEvent(ctx, dossier, { kind: 'finish', reason: 'withdrawn' });
    await closeWhatIsOpen(ctx, dossier);
    if (!dossier.receivedAt) {
      await refundFee(as(ctx, systemActor('dossiers')), {
        subjectType: 'dossier',
        subjectId: dossier.id,
        ground: 'withdrawn',
      });
    }
    await addToTimeline(ctx, dossier.id, 'withdrawn', { data: { reason: input.reason } });
    await correlateMessage(ctx, {
      name: 'dossier-withdrawn',
      correlationKey: dossier.id,
      messageId: `withdraw:${dossier.id}`,
      variables: {},
    });
    await tellApplicant(ctx, dossier, 'withdrawn', {}, dossier.id);
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { reason: input.reason } }),
});

/** Nothing is owed any more, nobody is to answer, and a result in the making is not to be signed. */
async function closeWhatIsOpen(ctx: TxContext, dossier: Dossier): Promise<void> {
  await cancelPayment(ctx, { subjectType: 'dossier', subjectId: dossier.id });
  const request = await findOpenRequest(ctx.tx, dossier.id);
  if (request)
    await ctx.tx.update(applicantRequests).set({ lapsedAt: ctx.now() }).where(eq(applicantRequests.id, request.id));
  const result = await findResult(ctx.tx, dossier.id);
  if (!result) return;
  // a number was given and a seal set: from then on only the authority can take it back
  // an applicant has no say over the authority's documents: this follows from what they decided about their dossier
  const system = as(ctx, systemActor('dossiers'));
  if ((await getDocument(system.tx, result.documentId)).state === 'issued')
    throw new AppError('invalidState', 'dossiers.errors.tooLateToWithdraw');
  await cancelDocument(system, { documentId: result.documentId, reason: 'withdrawn' });
  await ctx.tx.update(dossierResults).set({ withdrawn: true }).where(eq(dossierResults.id, result.id));
}
