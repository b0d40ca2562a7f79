import { z } from 'zod';
import { Id, line } from '#server/platform/input.ts';

const Day = z.iso.date('errors.field.date');
const Name = z.strictObject({ vi: line(200), en: line(200) });

/** A year of a working calendar as an administrator enters it; every date must lie in the year, except the make-up day of a swap. */
export const SaveCalendarYear = z
  .strictObject({
    /** null: for every authority */
    organisationId: Id.nullable(),
    year: z.number().int().min(2020).max(2100),
    status: z.enum(['announced', 'expected']),
    entries: z.strictObject({
      sources: z.array(Name).min(1).max(20),
      holidays: z.array(z.strictObject({ date: Day, name: Name })).max(60),
      swaps: z.array(z.strictObject({ off: Day, worked: Day, name: Name })).max(30),
      halfDays: z.array(z.strictObject({ date: Day, half: z.enum(['morning', 'afternoon']) })).max(60),
    }),
  })
  .refine(
    ({ year, entries }) =>
      [...entries.holidays, ...entries.halfDays].every((each) => each.date.startsWith(String(year))),
    {
      path: ['entries'],
      message: 'calendar.errors.otherYear',
    },
  );
export type SaveCalendarYear = z.infer<typeof SaveCalendarYear>;
