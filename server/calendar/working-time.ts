import { dateOfDay, localDay, MINUTE_MS, startOfDay, timeOfDay, weekdayOf } from './local-time.ts';
import type { DayKind, DayName, HoursWindow, WorkCalendar } from './work-calendar.ts';

/*
 * Conventions of the legal clock.
 * 1. Working time is one axis: the working moments strung together. "n working days" is n × `minutesPerDay` of it. As every ordinary day has the
 *    same hours, a due date falls n working days later at the same time of day (Mon 09:00 + 1 = Tue 09:00, Fri 16:00 + 1 = Mon 16:00).
 * 2. What arrives outside hours counts from the next working moment (Fri 18:00 is Mon 07:30, 12:00 is 13:30). Windows are half-open: 17:00 sharp is outside.
 * 3. Where the axis has one point for a stretch of clock time (a night), the later end is taken: Mon 07:30 + 1 is Tue 07:30, never Mon 17:00.
 *    So the due day is always the n-th working day after the day of receipt, as Article 147 of the Civil Code 2015 counts (the first day is not counted).
 * 4. A half day is worth the minutes actually worked on it.
 */

/** A search that runs over this many days without work means a calendar without hours. */
const HORIZON_DAYS = 4000;

/** What a local day is, and its name when it is not an ordinary one. Swaps win over holidays, holidays over the weekday. */
export function dayKindOf(day: number, calendar: WorkCalendar): { kind: DayKind; name?: DayName } {
  const date = dateOfDay(day);
  const makeUp = calendar.swappedIn[date];
  if (makeUp) return { kind: 'makeUp', name: makeUp };
  const swapped = calendar.swappedOff[date];
  if (swapped) return { kind: 'swapped', name: swapped };
  const holiday = calendar.holidays[date];
  if (holiday) return { kind: 'holiday', name: holiday };
  return { kind: calendar.hours[weekdayOf(day)].length > 0 ? 'working' : 'weekend' };
}

function hoursOf(day: number, calendar: WorkCalendar): readonly HoursWindow[] {
  const { kind } = dayKindOf(day, calendar);
  if (kind !== 'working' && kind !== 'makeUp') return [];
  const own = calendar.hours[weekdayOf(day)];
  const hours = kind === 'makeUp' && own.length === 0 ? calendar.hours[1] : own;
  const half = calendar.halfDays[dateOfDay(day)];
  if (half === 'morning') return hours.filter((window) => window.to <= '12:30');
  if (half === 'afternoon') return hours.filter((window) => window.from >= '12:30');
  return hours;
}

/** Working stretches of a local day as [from, to) in epoch ms, ascending. */
export function windowsOf(day: number, calendar: WorkCalendar): [number, number][] {
  const base = startOfDay(day);
  return hoursOf(day, calendar).map((window) => [base + timeOfDay(window.from), base + timeOfDay(window.to)]);
}

/** The first moment at or after `at` at which work is done. */
export function nextWorkingMoment(at: Date, calendar: WorkCalendar): Date {
  return new Date(advance(at.getTime(), 0, calendar));
}

/** Walks `amount` ms of working time forward from `from` (epoch ms) and returns the later end of a plateau. */
export function advance(from: number, amount: number, calendar: WorkCalendar): number {
  let left = amount;
  const first = localDay(from);
  for (let day = first; day < first + HORIZON_DAYS; day++) {
    for (const [opens, closes] of windowsOf(day, calendar)) {
      const begin = Math.max(opens, from);
      if (begin >= closes) continue;
      if (left < closes - begin) return begin + left;
      left -= closes - begin;
    }
  }
  throw new RangeError(`calendar ${calendar.version} has no working time after ${new Date(from).toISOString()}`);
}

/** Working milliseconds in [from, to); negative when `to` is earlier. Inputs in epoch ms. */
export function workingMs(from: number, to: number, calendar: WorkCalendar): number {
  if (to < from) return -workingMs(to, from, calendar);
  let sum = 0;
  for (let day = localDay(from); startOfDay(day) < to; day++) {
    for (const [opens, closes] of windowsOf(day, calendar)) {
      sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    }
  }
  return sum;
}

/** Length of one working day in ms. */
export function dayMs(calendar: WorkCalendar): number {
  return calendar.minutesPerDay * MINUTE_MS;
}

/**
 * The instant `n` working days after `from` (n ≥ 0, fractions allowed, rounded to the minute of work).
 * Conventions 1 to 4 above; `addWorkingDays(from, 0)` is the next working moment.
 */
export function addWorkingDays(from: Date, n: number, calendar: WorkCalendar): Date {
  if (!(n >= 0)) throw new RangeError(`working days must not be negative: ${n}`);
  return new Date(advance(from.getTime(), Math.round(n * calendar.minutesPerDay) * MINUTE_MS, calendar));
}

/** Working days from `from` to `to` as a fraction (0.5 = half of `minutesPerDay`); negative when `to` is earlier. */
export function workingDaysBetween(from: Date, to: Date, calendar: WorkCalendar): number {
  return workingMs(from.getTime(), to.getTime(), calendar) / dayMs(calendar);
}

/** Whether work is done at this instant. */
export function isWorkingMoment(at: Date, calendar: WorkCalendar): boolean {
  const time = at.getTime();
  return windowsOf(localDay(time), calendar).some(([opens, closes]) => time >= opens && time < closes);
}
