import { AppError } from '#server/platform/errors.ts';

/** Kinds of facts a legal clock is made of. */
export const clockEventKinds = ['start', 'stop', 'resume', 'extend', 'recompute', 'finish'] as const;
export type ClockEventKind = (typeof clockEventKinds)[number];

/**
 * One append-only fact about a dossier's clock. Nothing is ever changed or removed: a due date follows from the facts alone, so no one can reset it.
 * `extend` carries `days`, the working days added by an apology slip; `documentId` is the slip or decision behind the fact.
 * `recompute` says that from here on a later version of the calendar counts; it changes neither state nor limit.
 */
export interface ClockEvent {
  kind: ClockEventKind;
  at: Date;
  authorId: string;
  documentId?: string | null;
  reason?: string | null;
  days?: number;
}

export type ClockState = 'notStarted' | 'running' | 'stopped' | 'finished';

/** Which facts may follow in which state, and where they lead. An extension changes the limit, not the state. */
const transitions: Record<ClockState, Partial<Record<ClockEventKind, ClockState>>> = {
  notStarted: { start: 'running' },
  running: { stop: 'stopped', extend: 'running', recompute: 'running', finish: 'finished' },
  stopped: { resume: 'running', recompute: 'stopped', finish: 'finished' },
  finished: {},
};

/** The state after a list of facts in the order they were appended; throws `invalidState` where one could not follow. */
export function clockState(events: readonly ClockEvent[]): ClockState {
  let state: ClockState = 'notStarted';
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const next: ClockState | undefined = transitions[state][event.kind];
    if (!next) {
      throw new AppError('invalidState', 'calendar.errors.eventOutOfOrder', { values: { kind: event.kind, state } });
    }
    if (event.at.getTime() < last) {
      throw new AppError('invalidState', 'calendar.errors.eventBeforeLast', { values: { kind: event.kind } });
    }
    if (event.kind === 'extend' && !(event.days && event.days > 0)) {
      throw new AppError('invalidInput', 'calendar.errors.extensionWithoutDays');
    }
    last = event.at.getTime();
    state = next;
  }
  return state;
}

/** A new list with the fact appended; refuses what may not follow (two starts, a stop while stopped, a fact dated before the last). */
export function appendClockEvent(events: readonly ClockEvent[], event: ClockEvent): ClockEvent[] {
  const all = [...events, event];
  clockState(all);
  return all;
}
