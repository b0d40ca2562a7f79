import type { Reader } from '#db/client.ts';
import { type OpenTask, openTasksOf, type TaskRecord, tasksSoFar } from '#server/workflow/index.ts';
import { type Dossier, findResult } from './records.ts';
import type { StepNode } from './steps.ts';

/**
 * Moves that stay inside the authority and may be taken back: the step, the steps it may have led to, and the message
 * that leads back. What the applicant has been told (a supplement, a visit, minutes, a signature) cannot be unsaid.
 */
const recallable: Partial<Record<StepNode, { to: readonly StepNode[]; message: string }>> = {
  assess: { to: ['plan-inspection', 'approve-supplement', 'draft-result'], message: 'assessment-recalled' },
  'draft-result': { to: ['initial'], message: 'proposal-recalled' },
};

/** The last move of a dossier, when it can be taken back. */
export interface LastMove {
  done: TaskRecord;
  next: OpenTask;
  message: string;
  until: Date;
}

/** Why the last move cannot be taken back, as a message key; else the move. `minutes`: how long it may be. */
export async function lastMoveOf(
  db: Reader,
  dossier: Dossier,
  minutes: number,
  now: Date,
): Promise<LastMove | { reason: string }> {
  if (!dossier.instanceId) return { reason: 'deadlines.errors.nothingToRecall' };
  const done = (await tasksSoFar(db, dossier.instanceId)).filter((task) => task.status === 'done').at(-1);
  const rule = done && recallable[done.node as StepNode];
  const next =
    rule && (await openTasksOf(db, dossier.instanceId)).find(({ node }) => rule.to.includes(node as StepNode));
  if (!done?.completedAt || !rule || !next || next.createdAt < done.completedAt)
    return { reason: 'deadlines.errors.nothingToRecall' };
  const until = new Date(done.completedAt.getTime() + minutes * 60_000);
  if (now > until) return { reason: 'deadlines.errors.recallTooLate' };
  const result = await findResult(db, dossier.id);
  const begun = next.node === 'draft-result' && result !== null && result.createdAt > done.completedAt;
  if (next.assigneeId || begun) return { reason: 'deadlines.errors.nextStepTaken' };
  return { done, next, message: rule.message, until };
}
