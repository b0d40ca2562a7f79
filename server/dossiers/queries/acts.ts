import type { RequestItem } from '#db/schema/dossiers.ts';
import { peopleById, usersWithRole } from '#server/identity/index.ts';
import { type Context, personId } from '#server/platform/index.ts';
import type { ProcedureVersion, Text } from '#server/procedures/index.ts';
import { clockFactsOf, explainClock } from '../clock.ts';
import { labelOf } from '../commands/supplement.ts';
import { canDecideExtension, canProposeExtension, canReassign, canTakeStep, notOwnDraft } from '../policy.ts';
import { lastMoveOf } from '../recall.ts';
import { type ApplicantRequest, type assessmentsOf, type Dossier, type Proposal, proposalsOf } from '../records.ts';
import { itemsSoFar } from '../rules.ts';
import { type StepNode, type StepTask, stepRoles } from '../steps.ts';
import type { OfficeDossierView } from './office-dossier.ts';

export interface ProposalView {
  id: string;
  kind: 'supplement' | 'extension';
  proposedByName: string;
  proposedAt: Date;
  reason: string;
  items: (RequestItem & { label: Text })[];
  days: number | null;
  /** the actor may decide on it */
  mine: boolean;
}

interface Facts {
  requests: readonly ApplicantRequest[];
  assessments: Awaited<ReturnType<typeof assessmentsOf>>;
}

type Acts = Pick<
  OfficeDossierView,
  | 'onBehalfOf'
  | 'proposals'
  | 'acceptedItems'
  | 'supplementNeedsLeader'
  | 'extensionDays'
  | 'holdsTask'
  | 'colleagues'
  | 'recall'
>;

/** What may be done with a dossier besides its steps: by the same policies the commands ask. */
export async function actsOf(
  ctx: Context,
  dossier: Dossier,
  version: ProcedureVersion,
  tasks: readonly StepTask[],
  { requests, assessments }: Facts,
): Promise<Acts> {
  const supplements = requests.filter((each) => each.kind === 'supplement');
  const task = tasks.find((each) => stepRoles[each.node as StepNode]) ?? null;
  const role = task && stepRoles[task.node as StepNode];
  const me = personId(ctx.actor);
  const move = await lastMoveOf(ctx.db, dossier, version.deadlines.recallMinutes, ctx.now());
  const absent = task?.standIn && task.assigneeId ? await peopleById(ctx.db, [task.assigneeId]) : null;
  return {
    onBehalfOf: absent?.get(task!.assigneeId!)?.name ?? null,
    proposals: await openProposals(ctx, dossier, version, task),
    acceptedItems: itemsSoFar(supplements, assessments).accepted,
    supplementNeedsLeader: supplements.length >= version.deadlines.supplementsWithoutApproval,
    extensionDays: await extensionDays(ctx, dossier, version),
    holdsTask: task !== null && task.assigneeId !== null && task.assigneeId === me,
    colleagues:
      role && canReassign(ctx.actor, dossier).allowed
        ? (await usersWithRole(ctx.db, role, dossier.authorityId!))
            .filter(({ id }) => id !== task.assigneeId)
            .map(({ id, name }) => ({ id, name }))
        : [],
    recall:
      'done' in move && move.done.completedBy === me ? { step: move.done.node as StepNode, until: move.until } : null,
  };
}

async function openProposals(
  ctx: Context,
  dossier: Dossier,
  version: ProcedureVersion,
  task: StepTask | null,
): Promise<ProposalView[]> {
  const open = (await proposalsOf(ctx.db, dossier.id)).filter((each) => each.outcome === null);
  const people = await peopleById(
    ctx.db,
    open.map((each) => each.proposedBy),
  );
  return open.map((each) => ({
    id: each.id,
    kind: each.kind,
    proposedByName: people.get(each.proposedBy)?.name ?? '',
    proposedAt: each.proposedAt,
    reason: each.reason,
    items: (each.content.items ?? []).map((item) => ({ ...item, label: labelOf(version, dossier, item) })),
    days: each.content.days ?? null,
    mine: mayDecide(ctx, dossier, each, task),
  }));
}

function mayDecide(
  { actor }: Context,
  dossier: Dossier,
  { kind, proposedBy }: Proposal,
  task: StepTask | null,
): boolean {
  if (kind === 'extension') return canDecideExtension(actor, dossier, proposedBy).allowed;
  if (task?.node !== 'approve-supplement') return false;
  return notOwnDraft(canTakeStep(actor, dossier, 'leader', task), actor, proposedBy, task).allowed;
}

/** Null where the clock does not run, was extended as often as allowed, or the actor may not propose. */
async function extensionDays(ctx: Context, dossier: Dossier, version: ProcedureVersion): Promise<number | null> {
  if (!canProposeExtension(ctx.actor, dossier).allowed) return null;
  const clock = await clockFactsOf(ctx.db, dossier);
  if (!clock || (await explainClock(ctx.db, dossier, ctx.now()))?.state !== 'running') return null;
  const { times, maxDays } = version.deadlines.extension;
  return clock.facts.filter((fact) => fact.kind === 'extend').length < times ? maxDays : null;
}
