import { AppError, type Role, type TxContext } from '#server/platform/index.ts';
import { completeTask, findOpenTask, type OpenTask } from '#server/workflow/index.ts';
import { type Dossier, lockDossier } from './records.ts';

/** User tasks of the pharmacy procedure's diagram, and of every procedure that is to use the same desks. */
export type StepNode =
  | 'receive'
  | 'assess'
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
  'plan-inspection': 'officer',
  inspect: 'inspector',
  recheck: 'inspector',
  'draft-result': 'officer',
  initial: 'head',
  approve: 'leader',
  issue: 'clerk',
};

export interface DossierAtStep {
  dossier: Dossier;
  task: OpenTask | null;
}

/** Locks a dossier and finds the task it waits for at one of `nodes`; `task` is null when it does not wait there. */
export async function lockAtStep(ctx: TxContext, dossierId: string, ...nodes: StepNode[]): Promise<DossierAtStep> {
  const dossier = await lockDossier(ctx, dossierId);
  if (!dossier.instanceId) return { dossier, task: null };
  for (const node of nodes) {
    const task = await findOpenTask(ctx.tx, dossier.instanceId, node);
    if (task) return { dossier, task };
  }
  return { dossier, task: null };
}

/** The task, or a clear answer to whoever comes too late: somebody did it already or the dossier moved on. */
export function openTaskOf({ task }: DossierAtStep): OpenTask {
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
  await completeTask(ctx, { taskId: task.id, commandId: `${ctx.requestId}:${task.id}`, variables });
}

/** Steps that officials do. */
export const officialSteps = Object.keys(stepRoles) as StepNode[];
