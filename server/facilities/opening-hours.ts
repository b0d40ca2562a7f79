import type { OpeningHours } from '#db/schema/facilities.ts';

/** Weekday 1 (Monday) to 7, and the local time `HH:mm`. */
export interface Moment {
  weekday: number;
  time: string;
}

export type OpenState =
  /** `until` null: it never closes */
  | { open: true; until: Moment | null }
  /** `opens` null: no hours in the week; its date tells a day of Tết from the same weekday after it */
  | { open: false; opens: (Moment & { date: string }) | null };

/** Whether a local date (`yyyy-mm-dd`) is a public holiday. */
export type IsHoliday = (date: string) => boolean;

const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;
const vietnam = 7 * 60;
/** Days looked ahead: longer than the longest row of holidays. */
const daysAhead = 15;

/** Minutes since 1970-01-01 00:00 in Vietnam (UTC+7, no summer time). */
const localMinute = (at: Date): number => Math.floor(at.getTime() / 60_000) + vietnam;
/** 1 (Monday) to 7 of a day counted from 1970-01-01, a Thursday. */
const weekdayOfDay = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
const dateOfDay = (day: number): string => new Date(day * dayMinutes * 60_000).toISOString().slice(0, 10);

/** Weekday and local time of an instant in Vietnam. */
export const momentOf = (at: Date): Moment => asMoment(localMinute(at));

/** Minutes from an instant to the next such moment of a week. */
export const minutesUntil = (moment: Moment, at: Date): number => {
  const { weekday, time } = momentOf(at);
  const between = (moment.weekday - weekday) * dayMinutes + minutes(moment.time) - minutes(time);
  return ((between % weekMinutes) + weekMinutes) % weekMinutes;
};

/** 1 (Monday) to 7, in Vietnam. */
export const weekdayOf = (at: Date): number => momentOf(at).weekday;

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function asMoment(minute: number): Moment {
  const pad = (value: number) => String(value).padStart(2, '0');
  const inDay = minute % dayMinutes;
  return {
    weekday: weekdayOfDay(Math.floor(minute / dayMinutes)),
    time: `${pad(Math.floor(inDay / 60))}:${pad(inDay % 60)}`,
  };
}

/**
 * The spans of one day. On a public holiday those declared for holidays; where none are, only who never closes is
 * taken to be open: better a call too many than a closed door at Tết.
 */
function spansOfDay(hours: OpeningHours, weekday: number, holiday: boolean): { from: string; to: string }[] {
  const usual = hours[String(weekday) as '1'] ?? [];
  if (!holiday) return usual;
  return hours.holiday ?? usual.filter(({ from, to }) => from === '00:00' && to === '24:00');
}

/** Spans from yesterday on, joined where one ends as the next begins. */
function spansFrom(hours: OpeningHours, today: number, isHoliday: IsHoliday): [number, number][] {
  const spans: [number, number][] = [];
  for (let day = today - 1; day <= today + daysAhead; day += 1) {
    for (const { from, to } of spansOfDay(hours, weekdayOfDay(day), isHoliday(dateOfDay(day)))) {
      const end = minutes(to) > minutes(from) ? minutes(to) : minutes(to) + dayMinutes;
      spans.push([day * dayMinutes + minutes(from), day * dayMinutes + end]);
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
export function openState(hours: OpeningHours, at: Date, isHoliday: IsHoliday = () => false): OpenState {
  const now = localMinute(at);
  const spans = spansFrom(hours, Math.floor(now / dayMinutes), isHoliday);
  const current = spans.find(([from, to]) => from <= now && now < to);
  if (current) return { open: true, until: current[1] - now >= weekMinutes ? null : asMoment(current[1]) };
  const next = spans.find(([from]) => from > now);
  if (!next) return { open: false, opens: null };
  return { open: false, opens: { ...asMoment(next[0]), date: dateOfDay(Math.floor(next[0] / dayMinutes)) } };
}
