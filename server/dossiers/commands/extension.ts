import { proposals } from '#db/schema/dossiers.ts';
import { usersWithRole } from '#server/identity/index.ts';
import {
  AppError,
  command,
  enqueue,
  freshAssurance,
  newId,
  type Person,
  type TxContext,
} from '#server/platform/index.ts';
import { getVersion } from '#server/procedures/index.ts';
import { addClockEvent, clockFactsOf, explainClock } from '../clock.ts';
import { DecideProposal, ProposeExtension } from '../inputs.ts';
import { canDecideExtension, canProposeExtension } from '../policy.ts';
import { type Dossier, findOpenProposal, lockDossier, type Proposal } from '../records.ts';
import { createSlip } from '../slips.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';
import { decide } from './decide-supplement.ts';

/** Proposes a later appointment: so many working days more, and why. Only the leader may grant it. */
export const proposeExtension = command({
  name: 'dossier.proposeExtension',
  input: ProposeExtension,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canProposeExtension,
  run: async (ctx, input, dossier) => {
    await assertExtensible(ctx, dossier, input.days);
    if (await findOpenProposal(ctx.tx, dossier.id, 'extension'))
      throw new AppError('invalidState', 'deadlines.errors.extensionProposedAlready');
    const id = newId();
    await ctx.tx.insert(proposals).values({
      id,
      dossierId: dossier.id,
      kind: 'extension',
      content: { days: input.days },
      reason: input.reason,
      proposedBy: (ctx.actor as Person).userId,
      proposedAt: ctx.now(),
    });
    await addToTimeline(ctx, dossier.id, 'extensionProposed', {
      visibility: 'office',
      data: { days: input.days, reason: input.reason },
    });
    const leaders = await usersWithRole(ctx.tx, 'leader', dossier.authorityId!);
    await tellOfficials(
      ctx,
      leaders.map((leader) => leader.id),
      'extension-proposed',
      dossier,
      id,
    );
    return { id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { proposal: result.id, days: input.days, reason: input.reason },
  }),
});

/**
 * The leader grants or refuses it. Granted, slip 04 apologises and names the new appointment; the clock gets a fact
 * more, and nothing that was said before is rewritten.
 */
export const decideExtension = command({
  name: 'dossier.decideExtension',
  input: DecideProposal,
  load: async (ctx, input) => {
    const dossier = await lockDossier(ctx, input.dossierId);
    return { dossier, proposal: await findOpenProposal(ctx.tx, dossier.id, 'extension') };
  },
  allow: (actor, { dossier, proposal }) =>
    freshAssurance(actor, canDecideExtension(actor, dossier, proposal?.proposedBy)),
  run: async (ctx, input, { dossier, proposal }) => {
    if (!proposal) throw new AppError('invalidState', 'deadlines.errors.noProposal');
    const days = proposal.content.days ?? 0;
    const decided = await decide(ctx, proposal, input.approve, input.reason);
    if (input.approve) await extend(ctx, dossier, decided, days);
    else
      await addToTimeline(ctx, dossier.id, 'extensionDeclined', {
        visibility: 'office',
        data: { days, reason: input.reason },
      });
    await tellOfficials(ctx, [proposal.proposedBy], 'proposal-decided', dossier, proposal.id);
    return { dossierId: dossier.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { proposal: subject.proposal?.id, approve: input.approve, reason: input.reason },
  }),
});

async function extend(ctx: TxContext, dossier: Dossier, proposal: Proposal, days: number): Promise<void> {
  const { before } = await assertExtensible(ctx, dossier, days);
  // the slip names the new appointment, the clock names the slip: reckoned first, written after
  const slipId = newId();
  const { dueAt } = await addClockEvent(ctx, dossier, { kind: 'extend', reason: 'apology', slipId, days });
  await createSlip(ctx, dossier, '04', { reason: proposal.reason, dueBefore: before, dueAt, days }, null, slipId);
  await addToTimeline(ctx, dossier.id, 'extended', {
    data: { dueAt, dueBefore: before, days, reason: proposal.reason },
  });
  await tellApplicant(ctx, dossier, 'extended', { dueAt }, proposal.id);
  await enqueue(ctx, 'dossiers.print-slips', { dossierId: dossier.id });
}

/** Only a running clock is extended, as often and by as much as the procedure says. Returns the present appointment. */
async function assertExtensible(ctx: TxContext, dossier: Dossier, days: number): Promise<{ before: Date | null }> {
  const clock = await clockFactsOf(ctx.tx, dossier);
  const explained = await explainClock(ctx.tx, dossier, ctx.now());
  if (!clock || !explained) throw new AppError('invalidState', 'deadlines.errors.clockNotStarted');
  if (explained.state !== 'running') {
    throw new AppError(
      'invalidState',
      `deadlines.errors.${explained.state === 'stopped' ? 'clockStopped' : 'clockOver'}`,
    );
  }
  const { extension } = (await getVersion(ctx.tx, dossier.procedureVersionId)).deadlines;
  const { times, maxDays } = extension;
  if (clock.facts.filter((fact) => fact.kind === 'extend').length >= times)
    throw new AppError('invalidState', 'deadlines.errors.extendedAlready', { values: { times } });
  if (days > maxDays) {
    throw new AppError('invalidInput', 'errors.invalidInput', {
      fields: [{ path: 'days', reason: 'deadlines.errors.tooManyDays', values: { maximum: maxDays } }],
    });
  }
  return { before: explained.dueAt };
}
