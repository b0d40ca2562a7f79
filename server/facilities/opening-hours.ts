import type { OpeningHours } from '#db/schema/facilities.ts';

/** Weekday 1 (Monday) to 7, and the local time `HH:mm`. */
export interface Moment {
  weekday: number;
  time: string;
}

export type OpenState =
  /** `until` null: it never closes */
  | { open: true; until: Moment | null }
  /** `opens` null: no hours in the week */
  | { open: false; opens: Moment | null };

const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;
const vietnam = 7 * 60;

/** Minutes since Monday 00:00 in Vietnam (UTC+7, no summer time). 1970-01-01 was a Thursday. */
function minuteOfWeek(at: Date): number {
  const local = Math.floor(at.getTime() / 60_000) + vietnam;
  return (((local + 3 * dayMinutes) % weekMinutes) + weekMinutes) % weekMinutes;
}

/** Weekday and local time of an instant in Vietnam. */
export const momentOf = (at: Date): Moment => asMoment(minuteOfWeek(at));

/** 1 (Monday) to 7, in Vietnam. */
export const weekdayOf = (at: Date): number => momentOf(at).weekday;

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function asMoment(minute: number): Moment {
  const inWeek = minute % weekMinutes;
  const pad = (value: number) => String(value).padStart(2, '0');
  const inDay = inWeek % dayMinutes;
  return {
    weekday: Math.floor(inWeek / dayMinutes) + 1,
    time: `${pad(Math.floor(inDay / 60))}:${pad(inDay % 60)}`,
  };
}

/** Spans of two weeks in order, joined where one ends as the next begins. Two, so that each span of the first is whole. */
function spansOf(hours: OpeningHours): [number, number][] {
  const spans: [number, number][] = [];
  for (const offset of [-weekMinutes, 0, weekMinutes]) {
    for (const [day, list] of Object.entries(hours)) {
      for (const { from, to } of list ?? []) {
        const start = offset + (Number(day) - 1) * dayMinutes;
        const end = minutes(to) > minutes(from) ? minutes(to) : minutes(to) + dayMinutes;
        spans.push([start + minutes(from), start + end]);
      }
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else joined.push([...span]);
  }
  return joined;
}

/** Whether it is open at an instant, and when that changes next. */
export function openState(hours: OpeningHours, at: Date): OpenState {
  const now = minuteOfWeek(at);
  const spans = spansOf(hours);
  const current = spans.find(([from, to]) => from <= now && now < to);
  if (current) return { open: true, until: current[1] - current[0] >= weekMinutes ? null : asMoment(current[1]) };
  const next = spans.find(([from]) => from > now);
  return { open: false, opens: next ? asMoment(next[0]) : null };
}
