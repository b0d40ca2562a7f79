import { type ClockEvent, type ClockState, clockState } from './clock-events.ts';
import { localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import type { DayName, WorkCalendar } from './work-calendar.ts';
import { advance, dayKindOf, dayMs, workingMs } from './working-time.ts';

/**
 * `counted` ordinary working time · `makeUp` working time on a swapped rest day · `overdue` working time after the due date ·
 * `weekend` `holiday` `swapped` days without work · `stopped` the applicant's time · `outsideHours` the rest of a working day, before it begins or after it ends.
 */
export type IntervalKind =
  | 'counted'
  | 'makeUp'
  | 'overdue'
  | 'weekend'
  | 'holiday'
  | 'swapped'
  | 'stopped'
  | 'outsideHours';

/** A stretch of clock time with one label. Intervals are contiguous; `minutes` of work in it that used up the limit (0 where nothing counts). */
export interface ClockInterval {
  kind: IntervalKind;
  from: Date;
  to: Date;
  minutes: number;
  /** working days it used up: minutes / minutesPerDay */
  days: number;
  /** the holiday or swap */
  name?: DayName;
  /** why it stopped, and the slip that says so */
  reason?: string;
  documentId?: string;
  /** false for what lies after `now` */
  past: boolean;
}

/**
 * Where a clock stands at `now`. Days are working days as fractions, minutes are minutes of work.
 * The minutes of `counted` and `makeUp` intervals sum to the limit (to `usedMinutes` when finished early); those of `overdue` to the lateness.
 * While stopped, `dueAt` is what it would be if work resumed now, and `provisional` is true.
 */
export interface ClockExplanation {
  state: ClockState;
  calendarVersion: string;
  limitDays: number;
  /** working days that apology slips added */
  extendedDays: number;
  startedAt: Date | null;
  /** first working moment, from which time counts */
  countsFrom: Date | null;
  dueAt: Date | null;
  provisional: boolean;
  finishedAt: Date | null;
  usedMinutes: number;
  usedDays: number;
  /** negative when late */
  remainingMinutes: number;
  remainingDays: number;
  late: boolean;
  intervals: ClockInterval[];
}

interface Stop {
  from: number;
  to: number;
  reason?: string;
  documentId?: string;
}

/** Stops as stretches; one still open reaches to `openEnd`. */
function stopsOf(events: readonly ClockEvent[], openEnd: number): Stop[] {
  const stops: Stop[] = [];
  let open: Stop | undefined;
  for (const event of events) {
    const at = event.at.getTime();
    if (event.kind === 'stop') {
      open = { from: at, to: openEnd };
      if (event.reason) open.reason = event.reason;
      if (event.documentId) open.documentId = event.documentId;
      stops.push(open);
    } else if (open && (event.kind === 'resume' || event.kind === 'finish')) {
      open.to = at;
      open = undefined;
    }
  }
  return stops.filter((stop) => stop.to > stop.from);
}

/** Runs `amount` ms of work from `start`, stepping over the stops. */
function dueAfter(start: number, amount: number, stops: readonly Stop[], calendar: WorkCalendar): number {
  let from = start;
  let left = amount;
  for (const stop of stops) {
    const due = advance(from, left, calendar);
    if (due < stop.from) return due;
    left -= workingMs(from, stop.from, calendar);
    from = Math.max(from, stop.to);
  }
  return advance(from, Math.max(0, left), calendar);
}

/**
 * When a running clock has used up (or will have used up) so many working days; null when it does not run.
 * The facts dated after `now` are taken as given, as in `explain`.
 */
export function usedUpAt(events: readonly ClockEvent[], days: number, calendar: WorkCalendar): Date | null {
  const start = events.find((event) => event.kind === 'start');
  if (!start || clockState(events) !== 'running') return null;
  const from = start.at.getTime();
  const amount = Math.round(days * calendar.minutesPerDay) * MINUTE_MS;
  return new Date(dueAfter(from, amount, stopsOf(events, from), calendar));
}

/**
 * Explains a clock interval by interval.
 * `limitDays`: the legal limit in working days; extensions in `events` come on top of it. Facts dated after `now` are taken as given.
 */
export function explain(
  events: readonly ClockEvent[],
  limitDays: number,
  calendar: WorkCalendar,
  now: Date,
): ClockExplanation {
  const state = clockState(events);
  const limit = events.reduce((sum, event) => sum + (event.kind === 'extend' ? (event.days ?? 0) : 0), limitDays);
  const startEvent = events.find((event) => event.kind === 'start');
  const minutesOf = (ms: number) => ms / MINUTE_MS;
  const daysOf = (ms: number) => ms / dayMs(calendar);
  if (!startEvent) {
    const remainingMinutes = limit * calendar.minutesPerDay;
    return {
      state,
      calendarVersion: calendar.version,
      limitDays,
      extendedDays: limit - limitDays,
      startedAt: null,
      countsFrom: null,
      dueAt: null,
      provisional: false,
      finishedAt: null,
      usedMinutes: 0,
      usedDays: 0,
      remainingMinutes,
      remainingDays: limit,
      late: false,
      intervals: [],
    };
  }
  const start = startEvent.at.getTime();
  const finish = events.find((event) => event.kind === 'finish')?.at.getTime();
  const at = Math.max(now.getTime(), start);
  const lastFact = events.at(-1)?.at.getTime() ?? start;
  const stops = stopsOf(events, Math.max(at, lastFact));
  const limitMs = Math.round(limit * calendar.minutesPerDay) * MINUTE_MS;
  const due = dueAfter(start, limitMs, stops, calendar);
  const end = finish ?? Math.max(due, at);
  const intervals = label({ start, due, end, now: at, stops, calendar });
  const seen = finish ?? at;
  const stopped = stops.reduce(
    (sum, stop) => sum + workingMs(stop.from, Math.min(stop.to, seen), calendar) * (stop.from < seen ? 1 : 0),
    0,
  );
  const used = workingMs(start, seen, calendar) - stopped;
  return {
    state,
    calendarVersion: calendar.version,
    limitDays,
    extendedDays: limit - limitDays,
    startedAt: new Date(start),
    countsFrom: new Date(advance(start, 0, calendar)),
    dueAt: new Date(due),
    provisional: state === 'stopped',
    finishedAt: finish === undefined ? null : new Date(finish),
    usedMinutes: minutesOf(used),
    usedDays: daysOf(used),
    remainingMinutes: minutesOf(limitMs - used),
    remainingDays: daysOf(limitMs - used),
    late: used > limitMs,
    intervals,
  };
}

interface Span {
  start: number;
  due: number;
  end: number;
  now: number;
  stops: readonly Stop[];
  calendar: WorkCalendar;
}

/** Cuts [start, end) at midnights, stops, the due date and now, labels each piece and joins neighbours that say the same. */
function label(span: Span): ClockInterval[] {
  const { start, due, end, now, stops, calendar } = span;
  const cuts = new Set([start, end, due, now]);
  for (const stop of stops) cuts.add(stop.from).add(stop.to);
  for (let day = localDay(start) + 1; startOfDay(day) < end; day++) cuts.add(startOfDay(day));
  const points = [...cuts].filter((point) => point >= start && point <= end).sort((a, b) => a - b);
  const intervals: ClockInterval[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i]!;
    const to = points[i + 1]!;
    const piece = labelPiece(from, to, span);
    const last = intervals.at(-1);
    if (last && sameLabel(last, piece)) {
      last.to = piece.to;
      last.minutes += piece.minutes;
      last.days = last.minutes / calendar.minutesPerDay;
    } else intervals.push(piece);
  }
  return intervals;
}

function labelPiece(from: number, to: number, { due, now, stops, calendar }: Span): ClockInterval {
  const base = { from: new Date(from), to: new Date(to), minutes: 0, days: 0, past: to <= now };
  const stop = stops.find((each) => from >= each.from && to <= each.to);
  if (stop) {
    const why = {
      ...(stop.reason && { reason: stop.reason }),
      ...(stop.documentId && { documentId: stop.documentId }),
    };
    return { ...base, kind: 'stopped', ...why };
  }
  const { kind, name } = dayKindOf(localDay(from), calendar);
  if (kind !== 'working' && kind !== 'makeUp') return { ...base, kind, ...(name && { name }) };
  const minutes = workingMs(from, to, calendar) / MINUTE_MS;
  if (minutes === 0) return { ...base, kind: 'outsideHours' };
  const days = minutes / calendar.minutesPerDay;
  if (from >= due) return { ...base, kind: 'overdue', minutes, days };
  return { ...base, kind: kind === 'makeUp' ? 'makeUp' : 'counted', minutes, days, ...(name && { name }) };
}

function sameLabel(a: ClockInterval, b: ClockInterval): boolean {
  return (
    a.kind === b.kind &&
    a.past === b.past &&
    a.name?.vi === b.name?.vi &&
    a.reason === b.reason &&
    a.documentId === b.documentId
  );
}
