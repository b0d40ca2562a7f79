import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { organisations } from './identity.ts';

interface Name {
  vi: string;
  en: string;
}

/** One announced year: days off, days swapped, half days; the same shape as the files built into the project. */
export interface CalendarEntries {
  sources: Name[];
  holidays: { date: string; name: Name }[];
  swaps: { off: string; worked: string; name: Name }[];
  halfDays: { date: string; half: 'morning' | 'afternoon' }[];
}

/**
 * Years entered by administrators: for one authority, or for all (`organisationId` null). A correction is a new row with the next version,
 * so a due date can always name the calendar that gave it. Years without a row follow the built-in calendar.
 */
export const calendarYears = pgTable(
  'calendar_years',
  {
    id: id(),
    organisationId: uuid().references(() => organisations.id),
    year: integer().notNull(),
    version: integer().notNull(),
    status: text({ enum: ['announced', 'expected'] }).notNull(),
    entries: jsonb().$type<CalendarEntries>().notNull(),
    createdBy: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('calendar_years_version_key').on(t.organisationId, t.year, t.version),
    index('calendar_years_year_idx').on(t.year),
  ],
);
