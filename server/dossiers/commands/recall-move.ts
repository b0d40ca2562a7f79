import { and, desc, eq, isNull } from 'drizzle-orm';
import { assessments, proposals } from '#db/schema/dossiers.ts';
import { AppError, command, type TxContext } from '#server/platform/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import { assignTask, correlateMessage, openTasksOf } from '#server/workflow/index.ts';
import { RecallMove } from '../inputs.ts';
import { canRecall } from '../policy.ts';
import { lastMoveOf } from '../recall.ts';
import { type Dossier, lockDossier } from '../records.ts';
import { addToTimeline } from '../timeline.ts';

/**
 * Takes back the move one has just made, while nobody has taken the next step and the procedure's time for it runs. The
 * facts written by the move stay on record, marked as recalled; the process goes back to the step.
 */
export const recallMove = command({
  name: 'dossier.recall',
  input: RecallMove,
  load: async (ctx, input) => {
    const dossier = await lockDossier(ctx, input.dossierId);
    const { deadlines } = await getVersion(ctx.tx, dossier.procedureVersionId);
    return { dossier, move: await lastMoveOf(ctx.tx, dossier, deadlines.recallMinutes, ctx.now()) };
  },
  allow: (actor, { dossier, move }) => canRecall(actor, dossier, 'done' in move ? move.done.completedBy : undefined),
  run: async (ctx, input, { dossier, move }) => {
    if ('reason' in move) throw new AppError('invalidState', move.reason);
    if (move.done.node === 'assess') await takeBackAssessment(ctx, dossier);
    await addToTimeline(ctx, dossier.id, 'moveRecalled', {
      visibility: 'office',
      data: { step: move.done.node, reason: input.reason },
    });
    const { outcome } = await correlateMessage(ctx, {
      name: move.message,
      correlationKey: dossier.id,
      messageId: `recall:${move.done.id}`,
      variables: {},
    });
    // a diagram published before moves could be recalled has nothing that listens
    if (outcome !== 'delivered') throw new AppError('invalidState', 'deadlines.errors.nothingToRecall');
    // whoever had the step has it again, also where a colleague did it in their place
    const { node, assigneeId } = move.done;
    const again = (await openTasksOf(ctx.tx, dossier.instanceId!)).find((task) => task.node === node);
    if (again && assigneeId) await assignTask(ctx, { taskId: again.id, assigneeId });
    return { dossierId: dossier.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { step: 'done' in subject.move ? subject.move.done.node : null, reason: input.reason },
  }),
});

/** The assessment counts no longer, nor does what it proposed to the leader. */
async function takeBackAssessment(ctx: TxContext, dossier: Dossier): Promise<void> {
  const [last] = await ctx.tx
    .select({ id: assessments.id })
    .from(assessments)
    .where(eq(assessments.dossierId, dossier.id))
    .orderBy(desc(assessments.assessedAt))
    .limit(1);
  if (last) await ctx.tx.update(assessments).set({ recalledAt: ctx.now() }).where(eq(assessments.id, last.id));
  await ctx.tx
    .update(proposals)
    .set({ outcome: 'void', decidedAt: ctx.now() })
    .where(and(eq(proposals.dossierId, dossier.id), eq(proposals.kind, 'supplement'), isNull(proposals.outcome)));
}
