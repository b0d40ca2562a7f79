import { desc, eq, isNull, or } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { calendarYears } from '#db/schema/calendar.ts';
import { builtInYears, calendarFromYears, nationalCalendar } from './national-calendar.ts';
import type { WorkCalendar } from './work-calendar.ts';

/**
 * The working calendar of an authority: for each year its own latest entry, else the national one of the table, else the built-in.
 * The version names every year and where it came from, e.g. `2025.0-2026.o2-2027.n1` (0 built in, n national, o own).
 */
export async function calendarOf(db: Reader, organisationId: string): Promise<WorkCalendar> {
  const rows = await db
    .select()
    .from(calendarYears)
    .where(or(isNull(calendarYears.organisationId), eq(calendarYears.organisationId, organisationId)))
    .orderBy(desc(calendarYears.version));
  if (rows.length === 0) return nationalCalendar;
  const years = new Set([...builtInYears.map((each) => each.year), ...rows.map((row) => row.year)]);
  const chosen = [...years]
    .sort((a, b) => a - b)
    .map((year) => {
      const own = rows.find((row) => row.year === year && row.organisationId !== null);
      const row = own ?? rows.find((each) => each.year === year);
      if (!row) return { label: `${year}.0`, entries: builtInYears.find((each) => each.year === year)! };
      return {
        label: `${year}.${own ? 'o' : 'n'}${row.version}`,
        entries: { ...row.entries, year, status: row.status },
      };
    });
  return calendarFromYears(
    chosen.map((each) => each.label).join('-'),
    chosen.map((each) => each.entries),
  );
}
