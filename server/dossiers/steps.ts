import type { Reader } from '#db/client.ts';
import { roles } from '#db/enums/roles.ts';
import { localDate } from '#server/calendar/index.ts';
import { getPerson } from '#server/identity/index.ts';
import {
  type Actor,
  AppError,
  type Context,
  type Role,
  recordAudit,
  type TxContext,
  type Verdict,
} from '#server/platform/index.ts';
import { completeTask, findOpenTask, type OpenTask } from '#server/workflow/index.ts';
import { standsInFor } from './delegations.ts';
import { canReadInternal, canTakeStep } from './policy.ts';
import { type Dossier, lockDossier } from './records.ts';
import { addToTimeline } from './timeline.ts';

/** User tasks of the pharmacy procedure's diagram, and of every procedure that is to use the same desks. */
export type StepNode =
  | 'receive'
  | 'assess'
  | 'approve-supplement'
  | 'answer-supplement'
  | 'plan-inspection'
  | 'inspect'
  | 'correct-findings'
  | 'recheck'
  | 'draft-result'
  | 'initial'
  | 'approve'
  | 'issue'
  | 'collect';

/** Who may do each official step. */
export const stepRoles: Partial<Record<StepNode, Role>> = {
  receive: 'one-stop',
  assess: 'officer',
  'approve-supplement': 'leader',
  'plan-inspection': 'officer',
  inspect: 'inspector',
  recheck: 'inspector',
  'draft-result': 'officer',
  initial: 'head',
  approve: 'leader',
  issue: 'clerk',
};

/** An open task; `standIn`: it is taken by a colleague whom the actor stands in for today. */
export type StepTask = OpenTask & { standIn: boolean };

export interface DossierAtStep {
  dossier: Dossier;
  task: StepTask | null;
}

/** Who takes the open task or gives it back. Whoever comes too late hears that it moved on, whatever their role. */
export const canHoldTask = (actor: Actor, { dossier, task }: DossierAtStep): Verdict =>
  task
    ? canTakeStep(actor, dossier, stepRoles[task.node as StepNode] ?? 'officer', task)
    : canReadInternal(actor, dossier);

/** Locks a dossier and finds the task it waits for at one of `nodes`; `task` is null when it does not wait there. */
export async function lockAtStep(ctx: TxContext, dossierId: string, ...nodes: StepNode[]): Promise<DossierAtStep> {
  const dossier = await lockDossier(ctx, dossierId);
  if (!dossier.instanceId) return { dossier, task: null };
  for (const node of nodes) {
    const task = await findOpenTask(ctx.tx, dossier.instanceId, node);
    if (task) return { dossier, task: await withStandIn(ctx, ctx.tx, dossier, task) };
  }
  return { dossier, task: null };
}

/** Whether the actor stands in for whoever has taken the task. */
export async function withStandIn(ctx: Context, db: Reader, dossier: Dossier, task: OpenTask): Promise<StepTask> {
  const { actor } = ctx;
  const { assigneeId } = task;
  if (actor.kind !== 'person' || !assigneeId || assigneeId === actor.userId) return { ...task, standIn: false };
  const absent = await standsInFor(db, actor.userId, localDate(ctx.now()));
  return {
    ...task,
    standIn: absent.some((each) => each.userId === assigneeId && each.organisationId === dossier.authorityId),
  };
}

/** Who did a step on whose behalf stands on the timeline and in the audit log. */
export async function noteOnBehalf(ctx: TxContext, { dossier, task }: DossierAtStep): Promise<void> {
  if (!task?.standIn || !task.assigneeId) return;
  const { name } = await getPerson(ctx.tx, task.assigneeId);
  const details = { step: task.node, onBehalfOf: task.assigneeId };
  await addToTimeline(ctx, dossier.id, 'actedOnBehalf', { visibility: 'office', data: { ...details, name } });
  recordAudit(ctx, 'dossier.actOnBehalf', { subjectType: 'dossier', subjectId: dossier.id, details });
}

/** The task, or a clear answer to whoever comes too late: somebody did it already or the dossier moved on. */
export function openTaskOf({ task }: DossierAtStep): StepTask {
  if (!task) throw new AppError('invalidState', 'dossiers.errors.movedOn');
  return task;
}

/** Completes the task with the decision the diagram branches on. */
export async function completeStep(
  ctx: TxContext,
  at: DossierAtStep,
  variables: Record<string, unknown> = {},
): Promise<void> {
  const task = openTaskOf(at);
  await noteOnBehalf(ctx, at);
  await completeTask(ctx, { taskId: task.id, commandId: `${ctx.requestId}:${task.id}`, variables });
}

/** A step applicants and the public do not hear of: it is shown as the one it belongs to. */
const shownAs: Partial<Record<StepNode, { node: StepNode; role: Role }>> = {
  'approve-supplement': { node: 'assess', role: 'officer' },
};

/** A step and whose turn it is, as people outside may know it. */
export const shownOutside = (node: StepNode, role: string | null): { node: StepNode; role: string | null } =>
  shownAs[node] ?? { node, role };

export const isRole = (name: string | null | undefined): name is Role => roles.some((role) => role === name);

/** Steps that officials do. */
export const officialSteps = Object.keys(stepRoles) as StepNode[];
