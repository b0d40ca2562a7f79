import { eq } from 'drizzle-orm';
import { proposals } from '#db/schema/dossiers.ts';
import { AppError, command, freshAssurance, type Person, type TxContext } from '#server/platform/index.ts';
import { DecideProposal } from '../inputs.ts';
import { canTakeStep, notOwnDraft } from '../policy.ts';
import { findOpenProposal, type Proposal } from '../records.ts';
import { completeStep, lockAtStep, openTaskOf } from '../steps.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';
import { requestSupplement } from './supplement.ts';

/**
 * The leader's word on a further supplement, with reasons. Approved, it goes to the applicant as the first one did;
 * refused, the officer assesses with what there is. Until then the clock ran and the applicant heard nothing.
 */
export const decideSupplement = command({
  name: 'dossier.decideSupplement',
  input: DecideProposal,
  load: async (ctx, input) => ({
    ...(await lockAtStep(ctx, input.dossierId, 'approve-supplement')),
    proposal: await findOpenProposal(ctx.tx, input.dossierId, 'supplement'),
  }),
  allow: (actor, at) =>
    freshAssurance(
      actor,
      notOwnDraft(
        canTakeStep(actor, at.dossier, 'leader', at.task),
        actor,
        at.proposal?.proposedBy,
        at.task,
        'deadlines.errors.ownProposal',
      ),
    ),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier, proposal } = at;
    if (!proposal) throw new AppError('invalidState', 'deadlines.errors.noProposal');
    const decided = await decide(ctx, proposal, input.approve, input.reason);
    await addToTimeline(ctx, dossier.id, input.approve ? 'supplementApproved' : 'supplementDeclined', {
      visibility: 'office',
      data: { reason: input.reason },
    });
    if (input.approve) await requestSupplement(ctx, dossier, proposal.content.items ?? [], decided);
    await completeStep(ctx, at, { supplementApproval: input.approve ? 'approve' : 'refuse' });
    await tellOfficials(ctx, [proposal.proposedBy], 'proposal-decided', dossier, proposal.id);
    return { dossierId: dossier.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { proposal: subject.proposal?.id, approve: input.approve, reason: input.reason },
  }),
});

/** Writes the decision down; a proposal is decided once. */
export async function decide(ctx: TxContext, proposal: Proposal, approve: boolean, reason: string): Promise<Proposal> {
  const [decided] = await ctx.tx
    .update(proposals)
    .set({
      outcome: approve ? 'approved' : 'refused',
      decidedBy: (ctx.actor as Person).userId,
      decidedAt: ctx.now(),
      decisionReason: reason,
    })
    .where(eq(proposals.id, proposal.id))
    .returning();
  return decided!;
}
