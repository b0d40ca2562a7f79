import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { calendarYears } from '#db/schema/calendar.ts';
import {
  type Actor,
  allow,
  command,
  newId,
  nothing,
  personId,
  refuse,
  type TxContext,
  type Verdict,
} from '#server/platform/index.ts';
import { SaveCalendarYear } from './inputs.ts';

/** Administrators keep calendars: of their own authority, or the national one when they are an administrator of any. */
export function canSaveCalendar(actor: Actor, organisationId: string | null): Verdict {
  if (actor.kind === 'system') return allow;
  const may =
    actor.kind === 'person' &&
    actor.grants.some(
      (grant) => grant.role === 'admin' && (organisationId === null || grant.organisationId === organisationId),
    );
  return may ? allow : refuse('errors.forbidden');
}

type CalendarSaved = (ctx: TxContext, saved: { organisationId: string | null }) => Promise<void>;
const followers: CalendarSaved[] = [];

/** Calls `follow` in the transaction that saves a year; null stands for every authority. */
export function onCalendarSaved(follow: CalendarSaved): void {
  followers.push(follow);
}

/** Enters a year of a calendar. It is added as the next version; due dates already given keep theirs until they are computed again. */
export const saveCalendarYear = command({
  name: 'calendar.saveYear',
  input: SaveCalendarYear,
  load: nothing,
  allow: (actor, _nothing, input) => canSaveCalendar(actor, input.organisationId),
  run: async (ctx, input) => {
    const { organisationId, year } = input;
    const owner =
      organisationId === null ? isNull(calendarYears.organisationId) : eq(calendarYears.organisationId, organisationId);
    // two corrections of one year wait for each other, so that each has a version of its own
    await ctx.tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`calendar:${organisationId}:${year}`}, 0))`,
    );
    const [last] = await ctx.tx
      .select({ version: calendarYears.version })
      .from(calendarYears)
      .where(and(owner, eq(calendarYears.year, year)))
      .orderBy(desc(calendarYears.version))
      .limit(1);
    const id = newId();
    const version = (last?.version ?? 0) + 1;
    await ctx.tx.insert(calendarYears).values({
      id,
      organisationId,
      year,
      version,
      status: input.status,
      entries: input.entries,
      createdBy: personId(ctx.actor),
      createdAt: ctx.now(),
    });
    for (const follow of followers) await follow(ctx, { organisationId });
    return { id, version };
  },
  audit: ({ input, result }) => ({
    subjectType: 'calendar',
    subjectId: result.id,
    details: { year: input.year, version: result.version },
  }),
});
