export { calendarAt, calendarOf, calendarOfNation } from './calendar-of.ts';
export {
  appendClockEvent,
  type ClockEvent,
  type ClockEventKind,
  type ClockState,
  clockEventKinds,
  clockState,
} from './clock-events.ts';
export { type ClockExplanation, type ClockInterval, explain, type IntervalKind, usedUpAt } from './explain.ts';
export { endOfDate, instant, localDate } from './local-time.ts';
export { builtInYears, type CalendarYear, calendarFromYears, nationalCalendar } from './national-calendar.ts';
export { canSaveCalendar, onCalendarSaved, saveCalendarYear } from './save-calendar-year.ts';
export { type DayKind, type DayName, plainCalendar, type WorkCalendar } from './work-calendar.ts';
export { addWorkingDays, isWorkingMoment, nextWorkingMoment, workingDaysBetween } from './working-time.ts';
