import { and, eq } from 'drizzle-orm';
import { applicantRequests, type RequestItem } from '#db/schema/dossiers.ts';
import { addWorkingDays, calendarOf } from '#server/calendar/index.ts';
import { AppError, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { getVersion, type ProcedureVersion, papersFor, patternOf, type Text } from '#server/procedures/index.ts';
import { planAnswerNotices } from '../answer-notices.ts';
import { addClockEvent } from '../clock.ts';
import type { Dossier, Proposal } from '../records.ts';
import type { ItemRef } from '../rules.ts';
import { createSlip } from '../slips.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { addToTimeline } from '../timeline.ts';

/** What an item is called; throws `invalidInput` for what is not in the dossier. */
export function labelOf(version: ProcedureVersion, dossier: Dossier, { kind, target }: ItemRef): Text {
  const label =
    kind === 'paper'
      ? papersFor(version, dossier.answers).find((paper) => paper.key === target)?.title
      : version.form.fields[patternOf(target)]?.label;
  if (!label) throw new AppError('invalidInput', 'dossiers.errors.unknownItem', { values: { item: target } });
  return label;
}

/**
 * Asks in writing, item by item; the clock stops and slip 02 goes out. `approval` is the leader's, for a further one:
 * it stands on the slip.
 */
export async function requestSupplement(
  ctx: TxContext,
  dossier: Dossier,
  items: RequestItem[],
  approval: Proposal | null = null,
): Promise<void> {
  const version = await getVersion(ctx.tx, dossier.procedureVersionId);
  const printed = items.map((item) => ({
    label: labelOf(version, dossier, item).vi,
    note: item.note,
    legalGround: item.legalGround ?? '',
  }));
  const days = version.supplementAnswerDays;
  const answerDueAt = await answerDate(ctx, dossier, days);
  const { id, ordinal } = await openRequest(ctx, dossier, 'supplement', items, answerDueAt, approval?.proposedBy);
  const content = { items: printed, answerDueAt, ordinal, approvalReason: approval?.decisionReason ?? null };
  const slipId = await createSlip(ctx, dossier, '02', content, id);
  await addClockEvent(ctx, dossier, { kind: 'stop', reason: 'supplement', slipId });
  await addToTimeline(ctx, dossier.id, 'supplementRequested', { data: { answerDueAt, items: items.length } });
  await tellApplicant(ctx, dossier, 'supplement-requested', { answerDueAt }, id);
  await planAnswerNotices(ctx, dossier, id, days);
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
  requestedBy: string = (ctx.actor as Person).userId,
): Promise<{ id: string; ordinal: number }> {
  const earlier = await ctx.tx
    .select({ id: applicantRequests.id })
    .from(applicantRequests)
    .where(and(eq(applicantRequests.dossierId, dossier.id), eq(applicantRequests.kind, kind)));
  const [id, ordinal] = [newId(), earlier.length + 1];
  await ctx.tx
    .insert(applicantRequests)
    .values({ id, dossierId: dossier.id, kind, ordinal, items, answerDueAt, requestedBy, requestedAt: ctx.now() });
  return { id, ordinal };
}
