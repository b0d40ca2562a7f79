import { and, eq, sql } from 'drizzle-orm';
import { applicantRequests, dossierEvents } from '#db/schema/dossiers.ts';
import { addWorkingDays, calendarOf } from '#server/calendar/index.ts';
import { enqueue, type TxContext } from '#server/platform/index.ts';
import { type AnswerNotice, getVersion } from '#server/procedures/index.ts';
import { type ApplicantRequest, type Dossier, lockDossier } from './records.ts';
import { tellApplicant } from './tell-applicant.ts';
import { addToTimeline } from './timeline.ts';

/** After how many of its working days a request is reminded of. */
export const noticeAfter = (notice: AnswerNotice, days: number): number =>
  'afterShare' in notice ? (days * notice.afterShare) / 100 : days - notice.daysBefore;

/** Plans the notices before an answer is overdue, as the procedure says. They leave through the queue, each once. */
export async function planAnswerNotices(
  ctx: TxContext,
  dossier: Dossier,
  requestId: string,
  days: number,
): Promise<void> {
  const { deadlines } = await getVersion(ctx.tx, dossier.procedureVersionId);
  const calendar = await calendarOf(ctx.tx, dossier.authorityId!);
  const now = ctx.now();
  for (const [index, notice] of deadlines.answerNotices.entries()) {
    const after = noticeAfter(notice, days);
    if (after <= 0) continue;
    const wait = addWorkingDays(now, after, calendar).getTime() - now.getTime();
    await enqueue(
      ctx,
      'dossiers.remind-answer',
      { requestId, notice: index + 1 },
      // the job table runs by the real clock, the request by the one clock of the system
      { jobKey: `answer-notice:${requestId}:${index + 1}`, runAt: new Date(Date.now() + wait) },
    );
  }
}

/** Tells the applicant once that an answer is still owed; nothing when it was given or the dossier ended. */
export async function remindAnswer(ctx: TxContext, requestId: string, notice: number): Promise<void> {
  const [seen] = await ctx.tx.select().from(applicantRequests).where(eq(applicantRequests.id, requestId));
  if (!seen) return;
  const dossier = await lockDossier(ctx, seen.dossierId);
  const [request] = await ctx.tx.select().from(applicantRequests).where(eq(applicantRequests.id, requestId));
  if (!request || !isOwed(request) || (await wasReminded(ctx, request, notice))) return;
  const { answerDueAt } = request;
  await addToTimeline(ctx, dossier.id, 'answerReminded', { data: { requestId, notice, answerDueAt } });
  await tellApplicant(ctx, dossier, 'answer-reminder', { answerDueAt }, `${requestId}:${notice}`);
}

const isOwed = ({ answeredAt, lapsedAt }: ApplicantRequest): boolean => answeredAt === null && lapsedAt === null;

async function wasReminded(ctx: TxContext, request: ApplicantRequest, notice: number): Promise<boolean> {
  const [row] = await ctx.tx
    .select({ id: dossierEvents.id })
    .from(dossierEvents)
    .where(
      and(
        eq(dossierEvents.dossierId, request.dossierId),
        eq(dossierEvents.kind, 'answerReminded'),
        sql`${dossierEvents.data} @> ${JSON.stringify({ requestId: request.id, notice })}::jsonb`,
      ),
    );
  return row !== undefined;
}
