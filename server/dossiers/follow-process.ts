import { and, eq, isNull } from 'drizzle-orm';
import { dossiers, proposals } from '#db/schema/dossiers.ts';
import { addWorkingDays, calendarOf } from '#server/calendar/index.ts';
import { usersWithRole } from '#server/identity/index.ts';
import { AppError, as, type Role, systemActor, type TxContext } from '#server/platform/index.ts';
import { type Advance, onAdvanced, registerDueDates } from '#server/workflow/index.ts';
import { findDossier } from './records.ts';
import { canBecome, finalStates, isState } from './rules.ts';
import { officialSteps, type StepNode, stepRoles } from './steps.ts';
import { tellOfficials } from './tell-officials.ts';

/** The dossier follows its process: state, closing and step deadlines are derived, nobody sets them by hand. */
export function followProcesses(): void {
  onAdvanced(deriveState);
  registerDueDates(async (ctx, { businessKey, workingDays, from }) => {
    const dossier = await findDossier(ctx.tx, businessKey);
    return dossier?.authorityId
      ? addWorkingDays(from, workingDays, await calendarOf(ctx.tx, dossier.authorityId))
      : null;
  });
}

/** The state written at what the process waits for, or at the end it reached. */
async function deriveState(ctx: TxContext, advance: Advance): Promise<void> {
  const dossier = await findDossier(ctx.tx, advance.businessKey);
  if (!dossier) return;
  const shown = advance.status === 'done' ? advance.endedNodes.at(-1) : advance.waiting.at(-1);
  const next = Number(shown?.properties.state ?? dossier.state);
  if (!isState(next) || !isState(dossier.state)) throw new AppError('invalidState', 'dossiers.errors.unknownState');
  if (!canBecome(dossier.state, next)) throw new AppError('invalidState', 'dossiers.errors.illegalTransition');
  const closedAt = finalStates.includes(next) ? ctx.now() : null;
  await ctx.tx
    .update(dossiers)
    .set({ state: next, instanceId: advance.instanceId, closedAt })
    .where(eq(dossiers.id, dossier.id));
  if (closedAt || next === 9) await dropProposals(ctx, dossier.id);
  await tellWhoeverIsNext(ctx, advance, { ...dossier, state: next });
}

/** What was proposed and not decided is of no use to a dossier that is over; an applicant who ends it sees none of it. */
async function dropProposals(ctx: TxContext, dossierId: string): Promise<void> {
  await as(ctx, systemActor('proposals'))
    .tx.update(proposals)
    .set({ outcome: 'void', decidedAt: ctx.now() })
    .where(and(eq(proposals.dossierId, dossierId), isNull(proposals.outcome)));
}

/** A new official task is announced to those who may do it. */
async function tellWhoeverIsNext(
  ctx: TxContext,
  advance: Advance,
  dossier: NonNullable<Awaited<ReturnType<typeof findDossier>>>,
): Promise<void> {
  for (const task of advance.openedTasks) {
    const role = officialSteps.includes(task.node as StepNode) ? (stepRoles[task.node as StepNode] as Role) : null;
    if (!role || !dossier.authorityId) continue;
    const people = await usersWithRole(ctx.tx, role, dossier.authorityId);
    await tellOfficials(
      ctx,
      people.map((person) => person.id),
      'task-assigned',
      dossier,
      task.id,
    );
  }
}
