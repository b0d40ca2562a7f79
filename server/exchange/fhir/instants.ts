import { WrongParameter } from './outcome.ts';

/** What was last changed from an instant on and before another. */
export interface Changed {
  changedFrom?: string;
  changedBefore?: string;
}

const form =
  /^(eq|ge|gt|le|lt)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Values of `_lastUpdated` (HL7 FHIR R4, 3.1.1.4.3): a prefix and a date, of which all that is not said is a span: `2026-11` is the
 * whole month. Without a zone the clock of Vietnam is meant. Several narrow each other.
 */
export function readLastUpdated(values: readonly string[]): Changed {
  const changed: Changed = {};
  const later = (a: string | undefined, b: Date) => (a && a > b.toISOString() ? a : b.toISOString());
  const earlier = (a: string | undefined, b: Date) => (a && a < b.toISOString() ? a : b.toISOString());
  for (const value of values) {
    const { prefix, begin, end } = spanOf(value);
    if (prefix === 'eq' || prefix === 'ge') changed.changedFrom = later(changed.changedFrom, begin);
    if (prefix === 'gt') changed.changedFrom = later(changed.changedFrom, end);
    if (prefix === 'eq' || prefix === 'le') changed.changedBefore = earlier(changed.changedBefore, end);
    if (prefix === 'lt') changed.changedBefore = earlier(changed.changedBefore, begin);
  }
  return changed;
}

function spanOf(value: string): { prefix: string; begin: Date; end: Date } {
  const [, prefix = 'eq', year, month, day, hour, minute, second, zone = '+07:00'] = form.exec(value) ?? [];
  const begin = new Date(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${zone}`,
  );
  const real =
    day === undefined || new Date(`${year}-${month}-${day}T00:00:00Z`).toJSON()?.startsWith(`${year}-${month}-${day}`);
  if (year === undefined || Number.isNaN(begin.getTime()) || !real)
    throw new WrongParameter(
      '_lastUpdated',
      'A date is yyyy, yyyy-mm, yyyy-mm-dd or an instant, with eq, ge, gt, le or lt before it.',
    );
  return { prefix, begin, end: endOf(begin, { month, day, hour, second }) };
}

function endOf(
  begin: Date,
  { month, day, hour, second }: Record<'month' | 'day' | 'hour' | 'second', string | undefined>,
): Date {
  if (second !== undefined) return new Date(begin.getTime() + 1000);
  if (hour !== undefined) return new Date(begin.getTime() + 60_000);
  if (day !== undefined) return new Date(begin.getTime() + 86_400_000);
  // months and years are counted where the day begins
  const local = new Date(begin.getTime() + 7 * 3_600_000);
  if (month !== undefined) local.setUTCMonth(local.getUTCMonth() + 1);
  else local.setUTCFullYear(local.getUTCFullYear() + 1);
  return new Date(local.getTime() - 7 * 3_600_000);
}
