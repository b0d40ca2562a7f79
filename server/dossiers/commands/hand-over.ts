import { usersWithRole } from '#server/identity/index.ts';
import { AppError, command, type Person } from '#server/platform/index.ts';
import { assignTask } from '#server/workflow/index.ts';
import { ReassignStep } from '../inputs.ts';
import { canReassign } from '../policy.ts';
import { lockAtStep, officialSteps, openTaskOf, type StepNode, stepRoles } from '../steps.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';

/** The head gives the open task to a colleague who has its role; both the new and the former holder are told. */
export const reassignStep = command({
  name: 'dossier.reassign',
  input: ReassignStep,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, ...officialSteps),
  allow: (actor, at) => canReassign(actor, at.dossier),
  run: async (ctx, input, at) => {
    const { dossier } = at;
    const task = openTaskOf(at);
    const role = stepRoles[task.node as StepNode] ?? 'officer';
    const colleagues = await usersWithRole(ctx.tx, role, dossier.authorityId!);
    const chosen = colleagues.find(({ id }) => id === input.toUserId);
    if (!chosen || chosen.id === task.assigneeId) {
      const reason = chosen ? 'deadlines.errors.hasItAlready' : 'deadlines.errors.colleagueWithoutRole';
      throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: 'toUserId', reason }] });
    }
    await assignTask(ctx, { taskId: task.id, assigneeId: chosen.id });
    await addToTimeline(ctx, dossier.id, 'taskReassigned', {
      visibility: 'office',
      data: { step: task.node, to: chosen.name, reason: input.reason },
    });
    const told = [chosen.id, ...(task.assigneeId ? [task.assigneeId] : [])];
    const others = told.filter((id) => id !== (ctx.actor as Person).userId);
    await tellOfficials(ctx, others, 'task-reassigned', dossier, `${task.id}:${ctx.requestId}`);
    return { taskId: task.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: {
      step: subject.task?.node,
      from: subject.task?.assigneeId ?? null,
      to: input.toUserId,
      reason: input.reason,
    },
  }),
});
