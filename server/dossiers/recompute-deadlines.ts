import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { calendarOf } from '#server/calendar/index.ts';
import { type Context, enqueue, type TxContext, transaction } from '#server/platform/index.ts';
import { recomputeDueDates } from '#server/workflow/index.ts';
import { addClockEvent, clockFactsOf, hasRunningClock } from './clock.ts';
import { lockDossier } from './records.ts';
import { addToTimeline } from './timeline.ts';

/** A calendar was changed: open dossiers follow in a job, as soon as the change is committed. */
export const followCalendar = (ctx: TxContext, { organisationId }: { organisationId: string | null }): Promise<void> =>
  enqueue(ctx, 'dossiers.recompute-deadlines', { organisationId });

/**
 * Reckons the deadlines of every open dossier anew by the calendar that counts now. The new deadline is a fact of its
 * own; the earlier one stays on the clock's page. Each dossier in a transaction of its own; run twice, nothing changes.
 */
export async function recomputeDeadlines(ctx: Context, organisationId: string | null): Promise<void> {
  const open = await ctx.db
    .select({ id: dossiers.id })
    .from(dossiers)
    .where(
      and(
        isNotNull(dossiers.receivedAt),
        isNull(dossiers.closedAt),
        organisationId ? eq(dossiers.authorityId, organisationId) : undefined,
        inArray(dossiers.state, [2, 4, 5, 6]),
      ),
    );
  const failures: unknown[] = [];
  for (const { id } of open) {
    // one dossier that cannot follow does not keep the others from it; the job comes back for it
    await transaction(ctx, (tx) => recomputeDeadline(tx, id)).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function recomputeDeadline(ctx: TxContext, dossierId: string): Promise<void> {
  const dossier = await lockDossier(ctx, dossierId);
  const clock = await clockFactsOf(ctx.tx, dossier);
  if (!clock || !(await hasRunningClock(ctx.tx, dossierId))) return;
  const calendar = await calendarOf(ctx.tx, dossier.authorityId!);
  if (calendar.version === clock.calendar.version) return;
  const { dueAt } = await addClockEvent(ctx, dossier, { kind: 'recompute', reason: 'calendarChanged' });
  if (dossier.instanceId) await recomputeDueDates(ctx, dossier.instanceId);
  if (dueAt?.getTime() === dossier.dueAt?.getTime()) return;
  await addToTimeline(ctx, dossierId, 'deadlineRecomputed', { data: { dueAt, dueBefore: dossier.dueAt } });
}
