import type { Weekday } from './work-calendar.ts';

/**
 * Local time of Asia/Ho_Chi_Minh. The zone has been UTC+7 without summer time since 1975, so a fixed offset is exact and
 * keeps the arithmetic identical in every browser and server, whatever zone data they carry.
 */
const OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** Number of the local day an instant falls on (days since 1970-01-01, local). */
export function localDay(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

/** The instant (epoch ms) at which a local day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** `YYYY-MM-DD` of a local day number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday of a local day number; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** `HH:mm` to milliseconds after midnight. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}

/** Local date (`YYYY-MM-DD`) of an instant in Asia/Ho_Chi_Minh. */
export function localDate(at: Date): string {
  return dateOfDay(localDay(at.getTime()));
}

/** The last instant (to the ms) of a local date: what was recorded on it counts. */
export function endOfDate(date: string): Date {
  return new Date(instant(date).getTime() + DAY_MS - 1);
}

/** An instant from local date and time: `instant('2026-11-23', '09:00')`. */
export function instant(date: string, time = '00:00'): Date {
  return new Date(`${date}T${time}:00+07:00`);
}
