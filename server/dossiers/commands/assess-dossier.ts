import { assessments, proposals } from '#db/schema/dossiers.ts';
import { AppError, command, type FieldError, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { getVersion, type ProcedureVersion } from '#server/procedures/index.ts';
import { filledIn } from '../checklists.ts';
import { AssessDossier } from '../inputs.ts';
import { canTakeStep } from '../policy.ts';
import { assessmentsOf, type Dossier, requestsOf } from '../records.ts';
import { itemsSoFar, sameItem } from '../rules.ts';
import { completeStep, lockAtStep, openTaskOf } from '../steps.ts';
import { addToTimeline } from '../timeline.ts';
import { labelOf, requestSupplement } from './supplement.ts';

/**
 * The case officer's checklist, opinion and decision: go and see, ask for a supplement, or propose a refusal. A
 * supplement beyond those the procedure allows goes to the leader first, and the applicant hears nothing until then.
 */
export const assessDossier = command({
  name: 'dossier.assess',
  input: AssessDossier,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, 'assess'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'officer', at.task),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const checklist = filledIn(version.assessmentChecklist, dossier.answers, input.checklist);
    const supplements = (await requestsOf(ctx.tx, dossier.id)).filter((each) => each.kind === 'supplement');
    const { accepted, toReview } = itemsSoFar(supplements, await assessmentsOf(ctx.tx, dossier.id));
    const reopened = input.items.find((item) => accepted.some((each) => sameItem(each, item)));
    if (reopened) {
      const { vi, en } = labelOf(version, dossier, reopened);
      throw new AppError('invalidInput', 'deadlines.errors.itemAccepted', { values: { itemVi: vi, itemEn: en } });
    }
    const further =
      input.outcome === 'supplement' && supplements.length >= version.deadlines.supplementsWithoutApproval;
    if (further) assertArguable(version, input);
    await ctx.tx.insert(assessments).values({
      id: newId(),
      dossierId: dossier.id,
      checklist,
      opinion: input.opinion,
      outcome: input.outcome,
      acceptedItems: toReview.filter((each) => !input.items.some((item) => sameItem(each, item))),
      assessedBy: (ctx.actor as Person).userId,
      assessedAt: ctx.now(),
    });
    await addToTimeline(ctx, dossier.id, 'assessed', {
      visibility: 'office',
      data: { outcome: input.outcome, opinion: input.opinion },
    });
    if (further) await proposeSupplement(ctx, dossier, version, input);
    else if (input.outcome === 'supplement') await requestSupplement(ctx, dossier, input.items);
    await completeStep(ctx, at, { assessment: further ? 'supplement-again' : input.outcome });
    return { dossierId: dossier.id, toLeader: further };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { outcome: input.outcome, items: input.items.map((item) => item.target), toLeader: result.toLeader },
  }),
});

/** A further supplement needs its reason and a legal ground for each item; a diagram without the leader's step has none. */
function assertArguable(version: ProcedureVersion, input: AssessDossier): void {
  if (version.definition.steps['approve-supplement'] === undefined)
    throw new AppError('invalidState', 'deadlines.errors.supplementOnce');
  const fields: FieldError[] = input.items.flatMap((item, index) =>
    item.legalGround?.trim() ? [] : [{ path: `items.${index}.legalGround`, reason: 'deadlines.errors.groundMissing' }],
  );
  if (!input.reason.trim()) fields.push({ path: 'reason', reason: 'deadlines.errors.reasonMissing' });
  if (fields.length > 0) throw new AppError('invalidInput', 'errors.invalidInput', { fields });
}

async function proposeSupplement(
  ctx: TxContext,
  dossier: Dossier,
  version: ProcedureVersion,
  { items, reason }: AssessDossier,
): Promise<void> {
  for (const item of items) labelOf(version, dossier, item);
  await ctx.tx.insert(proposals).values({
    id: newId(),
    dossierId: dossier.id,
    kind: 'supplement',
    content: { items },
    reason: reason.trim(),
    proposedBy: (ctx.actor as Person).userId,
    proposedAt: ctx.now(),
  });
  await addToTimeline(ctx, dossier.id, 'supplementProposed', {
    visibility: 'office',
    data: { items: items.length, reason: reason.trim() },
  });
}
