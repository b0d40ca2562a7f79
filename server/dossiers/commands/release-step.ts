import { AppError, command } from '#server/platform/index.ts';
import { releaseTask } from '#server/workflow/index.ts';
import { ReleaseStep } from '../inputs.ts';
import { canHoldTask, lockAtStep, officialSteps, openTaskOf } from '../steps.ts';
import { addToTimeline } from '../timeline.ts';

/** Gives a task one took back to all who may do it; from the queue, many at once, without words. */
export const releaseStep = command({
  name: 'dossier.release',
  input: ReleaseStep,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, ...officialSteps),
  allow: canHoldTask,
  run: async (ctx, input, at) => {
    const task = openTaskOf(at);
    if (!task.assigneeId) throw new AppError('invalidState', 'dossiers.errors.nobodyTookIt');
    await releaseTask(ctx, { taskId: task.id });
    await addToTimeline(ctx, at.dossier.id, 'taskReleased', {
      visibility: 'office',
      data: { step: task.node, reason: input.reason.trim() },
    });
    return { taskId: task.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { step: subject.task?.node, reason: input.reason.trim() },
  }),
});
