import { and, eq } from 'drizzle-orm';
import { applicantRequests, assessments, type RequestItem } from '#db/schema/dossiers.ts';
import { addWorkingDays, calendarOf } from '#server/calendar/index.ts';
import { AppError, command, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { getVersion, papersFor, patternOf } from '#server/procedures/index.ts';
import { addClockEvent } from '../clock.ts';
import { AssessDossier } from '../inputs.ts';
import { canTakeStep } from '../policy.ts';
import type { Dossier } from '../records.ts';
import { createSlip } from '../slips.ts';
import { completeStep, lockAtStep, openTaskOf } from '../steps.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { addToTimeline } from '../timeline.ts';

/** The case officer's checklist, opinion and decision: go and see, ask for a supplement, or propose a refusal. */
export const assessDossier = command({
  name: 'dossier.assess',
  input: AssessDossier,
  load: (ctx, input) => lockAtStep(ctx, input.dossierId, 'assess'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'officer', at.task),
  run: async (ctx, input, at) => {
    openTaskOf(at);
    const { dossier } = at;
    await ctx.tx.insert(assessments).values({
      id: newId(),
      dossierId: dossier.id,
      checklist: input.checklist,
      opinion: input.opinion,
      outcome: input.outcome,
      assessedBy: (ctx.actor as Person).userId,
      assessedAt: ctx.now(),
    });
    await addToTimeline(ctx, dossier.id, 'assessed', {
      visibility: 'office',
      data: { outcome: input.outcome, opinion: input.opinion },
    });
    if (input.outcome === 'supplement') await requestSupplement(ctx, dossier, input.items);
    await completeStep(ctx, at, { assessment: input.outcome });
    return { dossierId: dossier.id };
  },
  audit: ({ input }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { outcome: input.outcome, items: input.items.map((item) => item.target) },
  }),
});

/** Asks in writing, item by item; the clock stops and slip 02 goes out. */
async function requestSupplement(ctx: TxContext, dossier: Dossier, items: RequestItem[]): Promise<void> {
  const version = await getVersion(ctx.tx, dossier.procedureVersionId);
  const papers = papersFor(version, dossier.answers);
  const printed = items.map((item) => {
    const label =
      item.kind === 'paper'
        ? papers.find((paper) => paper.key === item.target)?.title
        : version.form.fields[patternOf(item.target)]?.label;
    if (!label) throw new AppError('invalidInput', 'dossiers.errors.unknownItem', { values: { item: item.target } });
    return { label: label.vi, note: item.note, legalGround: item.legalGround ?? '' };
  });
  const answerDueAt = await answerDate(ctx, dossier, version.supplementAnswerDays);
  const requestId = await openRequest(ctx, dossier, 'supplement', items, answerDueAt);
  const slipId = await createSlip(ctx, dossier, '02', { items: printed, answerDueAt }, requestId);
  await addClockEvent(ctx, dossier, { kind: 'stop', reason: 'supplement', slipId });
  await addToTimeline(ctx, dossier.id, 'supplementRequested', { data: { answerDueAt, items: items.length } });
  await tellApplicant(ctx, dossier, 'supplement-requested', { answerDueAt }, requestId);
}

/** The last moment for an answer: working days of the authority from now. */
export async function answerDate(ctx: TxContext, dossier: Dossier, days: number): Promise<Date> {
  return addWorkingDays(ctx.now(), days, await calendarOf(ctx.tx, dossier.authorityId!));
}

/** Opens a request to the applicant; its ordinal tells the how-many-th of its kind it is. */
export async function openRequest(
  ctx: TxContext,
  dossier: Dossier,
  kind: 'supplement' | 'correction',
  items: RequestItem[],
  answerDueAt: Date,
): Promise<string> {
  const earlier = await ctx.tx
    .select({ id: applicantRequests.id })
    .from(applicantRequests)
    .where(and(eq(applicantRequests.dossierId, dossier.id), eq(applicantRequests.kind, kind)));
  const id = newId();
  await ctx.tx.insert(applicantRequests).values({
    id,
    dossierId: dossier.id,
    kind,
    ordinal: earlier.length + 1,
    items,
    answerDueAt,
    requestedBy: (ctx.actor as Person).userId,
    requestedAt: ctx.now(),
  });
  return id;
}
