import type { OpeningHours } from '#db/schema/facilities.ts';

type Day = keyof OpeningHours;
const days = ['1', '2', '3', '4', '5', '6', '7'] as const;
const span = /^(\d{1,2})(?::|h)(\d{2})?\s*[-–]\s*(\d{1,2})(?::|h)(\d{2})?$/;

/** Weekdays as people write them: 2 to 7 and CN in Vietnamese (T2 … T7, CN), 1 to 7 as kept. */
const named: Record<string, Day> = { t2: '1', t3: '2', t4: '3', t5: '4', t6: '5', t7: '6', cn: '7' };

function daysOf(text: string): Day[] | null {
  const [first, last = first] = text
    .toLowerCase()
    .split(/[-–]/)
    .map((part) => named[part.trim()]);
  if (!first || !last || first > last) return null;
  return days.filter((day) => day >= first && day <= last);
}

const clock = (hours: string, minutes: string | undefined): string => `${hours.padStart(2, '0')}:${minutes ?? '00'}`;

/**
 * Reads `T2-T6 07:00-17:00, 18:00-20:00; T7 7h-11h30`: days, then spans, parts divided by semicolons or lines.
 * @returns the text itself where it cannot be read, so that the schema refuses it
 */
export function parseHours(text: string): unknown {
  const parts = text.split(/[;\n]/).flatMap((part) => part.trim() || []);
  if (parts.length === 0) return null;
  const hours: OpeningHours = {};
  for (const part of parts) {
    const [, dayText, rest] = /^(\S+(?:\s*[-–]\s*\S+)??)\s+(\d.*)$/.exec(part) ?? [];
    const covered = daysOf(dayText ?? '');
    const spans = (rest ?? '').split(',').map((each) => span.exec(each.trim()));
    if (!covered || spans.some((each) => each === null)) return text;
    const read = spans.map((each) => ({ from: clock(each![1]!, each![2]), to: clock(each![3]!, each![4]) }));
    for (const day of covered) hours[day] = [...(hours[day] ?? []), ...read];
  }
  return hours;
}

const shortNames = Object.fromEntries(Object.entries(named).map(([name, day]) => [day, name.toUpperCase()]));

/** The same text, days with the same spans together. */
export function formatHours(value: unknown): string {
  const hours = (value ?? {}) as OpeningHours;
  const lines: { first: Day; last: Day; spans: string }[] = [];
  for (const day of days) {
    const spans = (hours[day] ?? []).map(({ from, to }) => `${from}-${to}`).join(', ');
    const before = lines.at(-1);
    if (spans && before?.spans === spans && Number(before.last) === Number(day) - 1) before.last = day;
    else if (spans) lines.push({ first: day, last: day, spans });
  }
  return lines
    .map(({ first, last, spans }) => `${shortNames[first]}${first === last ? '' : `-${shortNames[last]}`} ${spans}`)
    .join('; ');
}
