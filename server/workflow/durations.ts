/** Literal ISO 8601 times of timers: calendar time, reckoned in Vietnam, where no clock is ever put forward or back. */

const offsetMs = 7 * 3_600_000;
const pattern = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** `from` plus an ISO 8601 duration; a month later than 31 January is the last day of February. Undefined when it is none. */
export function addDuration(from: Date, duration: string): Date | undefined {
  const match = pattern.exec(duration.trim());
  if (!match || duration.trim().endsWith('P') || duration.trim().endsWith('T')) return undefined;
  const sign = match[1] ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(2).map((x) => sign * Number(x ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(from.getTime() + offsetMs);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + years * 12 + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  const moved = local.getTime() - offsetMs + (weeks * 7 + days) * 86_400_000;
  return new Date(moved + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000));
}

/** An ISO 8601 date or instant; without an offset it is Vietnam's, without a time its midnight. */
export function parseInstant(text: string): Date | undefined {
  const trimmed = text.trim().replace(/\[[^\]]+\]$/, '');
  const full = /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00:00` : trimmed;
  const date = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(full) ? full : `${full}+07:00`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * When a cycle `R<n>/[start/]duration` is due next. `previous` is the instant it was last due, absent before the first time:
 * the next one is counted from it and not from when the job happened to run.
 */
export function nextOfCycle(cycle: string, armedAt: Date, previous: Date | undefined): Date | undefined {
  const parts = cycle.trim().split('/').slice(1);
  const duration = parts.at(-1) ?? '';
  if (previous) return addDuration(previous, duration);
  const start = parts.length > 1 ? parseInstant(parts[0]!) : undefined;
  return start ?? addDuration(armedAt, duration);
}
