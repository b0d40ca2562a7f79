import type { Reader } from '#db/client.ts';
import { calendarOf, type WorkCalendar, workingDaysBetween } from '#server/calendar/index.ts';

/** Whole working days between now and a deadline; negative when it has passed. */
export async function workingDaysLeft(db: Reader, authorityId: string, now: Date, dueAt: Date): Promise<number> {
  return daysLeft(await calendarOf(db, authorityId), now, dueAt);
}

/** The same for many rows: the calendar of each authority is read once. */
export async function daysLeftOf(
  db: Reader,
  rows: readonly { authorityId: string | null; dueAt: Date | null }[],
  now: Date,
): Promise<(number | null)[]> {
  const authorities = [...new Set(rows.flatMap((row) => (row.dueAt && row.authorityId ? [row.authorityId] : [])))];
  const read = await Promise.all(authorities.map(async (id) => [id, await calendarOf(db, id)] as const));
  const calendars = new Map(read);
  return rows.map(({ authorityId, dueAt }) => {
    const calendar = authorityId ? calendars.get(authorityId) : undefined;
    return calendar && dueAt ? daysLeft(calendar, now, dueAt) : null;
  });
}

/** The same by a calendar that has been read. */
export function daysLeft(calendar: WorkCalendar, now: Date, dueAt: Date): number {
  return dueAt >= now
    ? Math.floor(workingDaysBetween(now, dueAt, calendar))
    : -Math.max(1, Math.ceil(workingDaysBetween(dueAt, now, calendar)));
}
