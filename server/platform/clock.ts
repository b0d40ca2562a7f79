/** The one clock. Demo mode may shift it by whole minutes, e.g. to show what happens when a deadline passes. */
let shiftMinutes = 0;

export const now = (): Date => new Date(Date.now() + shiftMinutes * 60_000);

/** Shifts the clock of this process. Only demo mode and tests call it. */
export function shiftClock(minutes: number): void {
  shiftMinutes = minutes;
}
