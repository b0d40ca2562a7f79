/** A stretch of a working day in local time, `from` inclusive, `to` exclusive, written `HH:mm`. */
export interface HoursWindow {
  from: string;
  to: string;
}

export interface DayName {
  vi: string;
  en: string;
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A weekday given away against a rest day that is worked instead. */
export interface SwappedDay {
  off: string;
  worked: string;
  name: DayName;
}

/**
 * The working time of one authority as a value: everything a due date depends on, so that `version` alone names the rule that gave it.
 * Days are local dates `YYYY-MM-DD`. A day without an entry follows `hours` of its weekday.
 */
export interface WorkCalendar {
  version: string;
  timeZone: 'Asia/Ho_Chi_Minh';
  /** hours by weekday; a weekday with no window is a rest day */
  hours: Record<Weekday, readonly HoursWindow[]>;
  /** what "one working day" is worth, in minutes of work */
  minutesPerDay: number;
  /** public holidays, compensation days included */
  holidays: Readonly<Record<string, DayName>>;
  /** days off that are made up on another day */
  swappedOff: Readonly<Record<string, DayName>>;
  /** rest days that are worked, with the hours of a Monday */
  swappedIn: Readonly<Record<string, DayName>>;
  /** days on which only this half is worked */
  halfDays: Readonly<Record<string, 'morning' | 'afternoon'>>;
}

export type DayKind = 'working' | 'makeUp' | 'weekend' | 'holiday' | 'swapped';

const officeDay: readonly HoursWindow[] = [
  { from: '07:30', to: '11:30' },
  { from: '13:30', to: '17:00' },
];

/** Office hours of Vietnamese authorities, Monday to Friday: 07:30–11:30 and 13:30–17:00, 450 minutes a day. */
export const officeHours: WorkCalendar['hours'] = {
  1: officeDay,
  2: officeDay,
  3: officeDay,
  4: officeDay,
  5: officeDay,
  6: [],
  7: [],
};

/** A calendar without any holiday: the base that yearly entries are laid upon. */
export function plainCalendar(version: string): WorkCalendar {
  return {
    version,
    timeZone: 'Asia/Ho_Chi_Minh',
    hours: officeHours,
    minutesPerDay: 450,
    holidays: {},
    swappedOff: {},
    swappedIn: {},
    halfDays: {},
  };
}
