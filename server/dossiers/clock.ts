import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { clockEvents, dossiers } from '#db/schema/dossiers.ts';
import {
  appendClockEvent,
  type ClockEvent,
  type ClockExplanation,
  calendarAt,
  calendarOf,
  explain,
  type WorkCalendar,
} from '#server/calendar/index.ts';
import { personId, type TxContext } from '#server/platform/index.ts';
import { clockEventsOf, type Dossier } from './records.ts';
import { watchAgain } from './watch-deadline.ts';

type Row = Awaited<ReturnType<typeof clockEventsOf>>[number];

const toFact = (row: Row): ClockEvent => ({
  kind: row.kind,
  at: row.at,
  authorId: row.authorId ?? 'system',
  reason: row.reason,
  ...(row.slipId ? { documentId: row.slipId } : {}),
  ...(row.kind === 'extend' && row.days ? { days: row.days } : {}),
});

/** The legal limit in working days: fixed by the start, so that a later version of the procedure changes nothing. */
const limitOf = (rows: readonly Row[]): number => rows.find((row) => row.kind === 'start')?.days ?? 0;

/** What a dossier's deadlines are reckoned from. */
export interface ClockFacts {
  rows: Row[];
  facts: ClockEvent[];
  /** working days by law, without extensions */
  limitDays: number;
  /** the version that gave the last fact: a later one counts once the deadline was recomputed by it */
  calendar: WorkCalendar;
}

/** Null before the clock was started. */
export async function clockFactsOf(db: Reader, dossier: Dossier): Promise<ClockFacts | null> {
  const rows = dossier.authorityId ? await clockEventsOf(db, dossier.id) : [];
  const last = rows.at(-1);
  if (!last) return null;
  const calendar = await calendarAt(db, dossier.authorityId!, last.calendarVersion);
  return { rows, facts: rows.map(toFact), limitDays: limitOf(rows), calendar };
}

/** The clock of a dossier, interval by interval, by its authority's calendar. */
export async function explainClock(db: Reader, dossier: Dossier, now: Date): Promise<ClockExplanation | null> {
  const clock = await clockFactsOf(db, dossier);
  return clock && explain(clock.facts, clock.limitDays, clock.calendar, now);
}

/** One fact of the clock as people read it: the deadline before and after it. */
export interface ClockFactView {
  kind: ClockEvent['kind'];
  at: Date;
  reason: string;
  days: number | null;
  calendarVersion: string;
  dueBefore: Date | null;
  dueAt: Date | null;
}

/** Everything that ever happened to the clock, oldest first: no earlier deadline is lost. */
export async function clockHistory(db: Reader, dossierId: string): Promise<ClockFactView[]> {
  const rows = await clockEventsOf(db, dossierId);
  return rows.map(({ kind, at, reason, days, calendarVersion, dueAt }, index) => ({
    kind,
    at,
    reason,
    days,
    calendarVersion,
    dueBefore: rows[index - 1]?.dueAt ?? null,
    dueAt,
  }));
}

/**
 * Appends a fact to the dossier's clock and keeps the deadline that follows from all facts in `dossiers.dueAt`.
 * Throws `invalidState` where the fact may not follow, e.g. a stop while stopped.
 */
export async function addClockEvent(
  ctx: TxContext,
  dossier: Dossier,
  fact: { kind: ClockEvent['kind']; reason: string; slipId?: string; days?: number },
): Promise<ClockExplanation> {
  const calendar = await calendarOf(ctx.tx, dossier.authorityId!);
  const rows = await clockEventsOf(ctx.tx, dossier.id);
  const at = ctx.now();
  const facts = appendClockEvent(rows.map(toFact), {
    kind: fact.kind,
    at,
    authorId: personId(ctx.actor) ?? 'system',
    reason: fact.reason,
    ...(fact.kind === 'extend' && fact.days ? { days: fact.days } : {}),
  });
  const limit = fact.kind === 'start' ? (fact.days ?? 0) : limitOf(rows);
  const explained = explain(facts, limit, calendar, at);
  await ctx.tx.insert(clockEvents).values({
    dossierId: dossier.id,
    kind: fact.kind,
    at,
    authorId: personId(ctx.actor),
    slipId: fact.slipId ?? null,
    reason: fact.reason,
    calendarVersion: calendar.version,
    days: fact.days ?? null,
    dueAt: explained.dueAt,
  });
  await ctx.tx.update(dossiers).set({ dueAt: explained.dueAt }).where(eq(dossiers.id, dossier.id));
  await watchAgain(ctx, dossier.id, explained.state === 'running');
  return explained;
}

/** Whether a clock was started and has not finished. */
export async function hasRunningClock(db: Reader, dossierId: string): Promise<boolean> {
  const rows = await clockEventsOf(db, dossierId);
  return rows.length > 0 && rows.at(-1)!.kind !== 'finish';
}
