/** Working time as pure functions, for pages too. The calendar of an authority comes from `index.ts`. */
export { type ClockEvent, type ClockEventKind, type ClockState, clockEventKinds, clockState } from './clock-events.ts';
export { type ClockExplanation, type ClockInterval, explain, type IntervalKind } from './explain.ts';
export { instant, localDate } from './local-time.ts';
export { nationalCalendar } from './national-calendar.ts';
export type { DayKind, DayName, WorkCalendar } from './work-calendar.ts';
export { addWorkingDays, isWorkingMoment, nextWorkingMoment, workingDaysBetween } from './working-time.ts';
