/** What state a machine is in. Decommissioned is the end: nothing is said of it afterwards. */
export const unitStatuses = ['working', 'needs-repair', 'unserviceable', 'decommissioned'] as const;
export type UnitStatus = (typeof unitStatuses)[number];

export const checkKinds = ['calibration', 'inspection'] as const;
export type CheckKind = (typeof checkKinds)[number];

/** One line of the status log. */
export interface Said {
  id: number;
  since: string;
}

/** What holds on a day: of what was said to hold by then the latest day, of one day what was recorded last. */
export function statusOn<S extends Said>(log: readonly S[], day: string): S | null {
  let held: S | null = null;
  for (const said of log)
    if (said.since <= day && (!held || said.since > held.since || (said.since === held.since && said.id > held.id)))
      held = said;
  return held;
}

/** The same day some months later; the month's last day where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** How many days before it is due a check is said to be near. */
const noticeDays = 30;

export type DueState = 'overdue' | 'soon' | 'later';

/** When a check is due next, and whether that day is past; null: none is asked for. */
export function dueCheck(
  months: number | null,
  lastDone: string | null,
  installedOn: string,
  today: string,
): { dueOn: string; state: DueState } | null {
  if (months === null) return null;
  const dueOn = monthsAfter(lastDone ?? installedOn, months);
  const near = new Date(Date.parse(`${today}T00:00:00Z`) + noticeDays * 86_400_000).toISOString().slice(0, 10);
  return { dueOn, state: dueOn < today ? 'overdue' : dueOn <= near ? 'soon' : 'later' };
}
