import { desc, eq, isNull, or } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { calendarYears } from '#db/schema/calendar.ts';
import { builtInYears, type CalendarYear, calendarFromYears, nationalCalendar } from './national-calendar.ts';
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
  return latest(rows);
}

/** The calendar of the country, which no authority has changed: its public holidays are everybody's. */
export async function calendarOfNation(db: Reader): Promise<WorkCalendar> {
  return latest(
    await db
      .select()
      .from(calendarYears)
      .where(isNull(calendarYears.organisationId))
      .orderBy(desc(calendarYears.version)),
  );
}

type Row = typeof calendarYears.$inferSelect;

function latest(rows: readonly Row[]): WorkCalendar {
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

/**
 * The calendar of an authority as a version named it: years are only ever added, so what gave an earlier due date can
 * be read again. A version nobody knows gives the present calendar.
 */
export async function calendarAt(db: Reader, organisationId: string, version: string): Promise<WorkCalendar> {
  if (version === nationalCalendar.version) return nationalCalendar;
  const rows = await db
    .select()
    .from(calendarYears)
    .where(or(isNull(calendarYears.organisationId), eq(calendarYears.organisationId, organisationId)))
    .orderBy(desc(calendarYears.version));
  const years = version.split('-').map((label) => yearOf(label, rows));
  const known = years.filter((year) => year !== undefined);
  return known.length === years.length ? calendarFromYears(version, known) : latest(rows);
}

/** `2026.0` built in, `2026.n1` the nation's first version of it, `2026.o2` the authority's own second. */
function yearOf(label: string, rows: readonly Row[]): CalendarYear | undefined {
  const [, year, owner, number] = /^(\d{4})\.([no]?)(\d+)$/.exec(label) ?? [];
  if (owner === '') return builtInYears.find((each) => each.year === Number(year));
  const row = rows.find(
    (each) =>
      each.year === Number(year) &&
      each.version === Number(number) &&
      (each.organisationId === null) === (owner === 'n'),
  );
  return row && { ...row.entries, year: row.year, status: row.status };
}
