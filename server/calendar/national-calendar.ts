import year2025 from './holidays/2025.json' with { type: 'json' };
import year2026 from './holidays/2026.json' with { type: 'json' };
import year2027 from './holidays/2027.json' with { type: 'json' };
import { type DayName, plainCalendar, type SwappedDay, type WorkCalendar } from './work-calendar.ts';

/** One year of a calendar as it is announced: what `holidays/<year>.json` holds and what an administrator may add for an authority. */
export interface CalendarYear {
  year: number;
  /** `expected` until the official announcement is entered */
  status: string;
  sources: DayName[];
  holidays: { date: string; name: DayName }[];
  swaps: SwappedDay[];
  halfDays: { date: string; half: 'morning' | 'afternoon' }[];
}

/** The years built into the project, ascending. */
export const builtInYears: readonly CalendarYear[] = [year2025, year2026, year2027];

/** Lays yearly entries over office hours. `version` is stored with every due date computed from the result. */
export function calendarFromYears(version: string, years: readonly CalendarYear[]): WorkCalendar {
  const named = (days: { date: string; name: DayName }[]) =>
    Object.fromEntries(days.map((day) => [day.date, day.name]));
  return {
    ...plainCalendar(version),
    holidays: named(years.flatMap((year) => year.holidays)),
    swappedOff: named(years.flatMap((year) => year.swaps.map((swap) => ({ date: swap.off, name: swap.name })))),
    swappedIn: named(years.flatMap((year) => year.swaps.map((swap) => ({ date: swap.worked, name: swap.name })))),
    halfDays: Object.fromEntries(years.flatMap((year) => year.halfDays.map((day) => [day.date, day.half]))),
  };
}

/** Vietnam's calendar for 2025 to 2027: office hours, public holidays and announced swaps. Sources stand in `holidays/*.json`. */
export const nationalCalendar: WorkCalendar = calendarFromYears('vn-2025-2027-1', builtInYears);
