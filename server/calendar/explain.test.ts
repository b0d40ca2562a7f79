import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendClockEvent, type ClockEvent } from './clock-events.ts';
import { type ClockExplanation, explain } from './explain.ts';
import { instant } from './local-time.ts';
import { nationalCalendar } from './national-calendar.ts';
import { addWorkingDays, workingDaysBetween } from './working-time.ts';

const at = (text: string) => {
  const [date = '', time] = text.split(' ');
  return instant(date, time);
};
const local = (date: Date) => new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const fact = (kind: ClockEvent['kind'], when: string, more: Partial<ClockEvent> = {}): ClockEvent => ({
  kind,
  at: at(when),
  authorId: 'officer',
  ...more,
});
const shown = (clock: ClockExplanation) =>
  clock.intervals.map((each) => `${each.kind} ${local(each.from)} – ${local(each.to)} ${each.minutes}`);

describe('explaining a clock', () => {
  it('has no due date before the start', () => {
    const clock = explain([], 20, nationalCalendar, at('2026-11-16 09:00'));
    expect(clock).toMatchObject({ state: 'notStarted', dueAt: null, remainingDays: 20, intervals: [] });
  });

  it('names the weekend and the holiday it stepped over', () => {
    const clock = explain([fact('start', '2026-11-20 09:00')], 3, nationalCalendar, at('2026-11-20 09:00'));
    expect(local(clock.dueAt!)).toBe('2026-11-26 09:00');
    expect(shown(clock)).toEqual([
      'counted 2026-11-20 09:00 – 2026-11-21 00:00 360',
      'weekend 2026-11-21 00:00 – 2026-11-23 00:00 0',
      'counted 2026-11-23 00:00 – 2026-11-24 00:00 450',
      'holiday 2026-11-24 00:00 – 2026-11-25 00:00 0',
      'counted 2026-11-25 00:00 – 2026-11-26 09:00 540',
    ]);
    expect(clock.intervals[3]!.name).toEqual({ vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnam Culture Day' });
  });

  it('shows the hours after closing that did not count', () => {
    const clock = explain([fact('start', '2026-11-16 18:00')], 1, nationalCalendar, at('2026-11-16 18:00'));
    expect(local(clock.countsFrom!)).toBe('2026-11-17 07:30');
    expect(shown(clock)).toEqual([
      'outsideHours 2026-11-16 18:00 – 2026-11-17 00:00 0',
      'counted 2026-11-17 00:00 – 2026-11-18 00:00 450',
      'outsideHours 2026-11-18 00:00 – 2026-11-18 07:30 0',
    ]);
  });

  it('tells a swapped day off from the Saturday worked for it', () => {
    const clock = explain([fact('start', '2025-12-31 07:30')], 7, nationalCalendar, at('2025-12-31 07:30'));
    expect(clock.intervals.map((each) => each.kind)).toEqual([
      'counted',
      'holiday',
      'swapped',
      'weekend',
      'counted',
      'makeUp',
      'weekend',
      'outsideHours',
    ]);
  });

  it('shifts the due date by a stop and names its reason and slip', () => {
    const events = [
      fact('start', '2026-11-09 09:00'),
      fact('stop', '2026-11-11 09:00', { reason: 'supplement', documentId: 'slip-02' }),
      fact('resume', '2026-11-18 09:00'),
    ];
    const clock = explain(events, 5, nationalCalendar, at('2026-11-18 09:00'));
    expect(local(clock.dueAt!)).toBe('2026-11-23 09:00');
    expect(clock.usedDays).toBe(2);
    expect(clock.remainingDays).toBe(3);
    const stopped = clock.intervals.find((each) => each.kind === 'stopped');
    expect(stopped).toMatchObject({ reason: 'supplement', documentId: 'slip-02', minutes: 0 });
  });

  it('gives a provisional due date while stopped, moving with the clock on the wall', () => {
    const events = [fact('start', '2026-11-09 09:00'), fact('stop', '2026-11-11 09:00')];
    const monday = explain(events, 5, nationalCalendar, at('2026-11-16 09:00'));
    const tuesday = explain(events, 5, nationalCalendar, at('2026-11-17 09:00'));
    expect(monday.provisional).toBe(true);
    expect(local(monday.dueAt!)).toBe('2026-11-19 09:00');
    expect(local(tuesday.dueAt!)).toBe('2026-11-20 09:00');
    expect(tuesday.remainingDays).toBe(3);
  });

  it('adds an extension to the limit', () => {
    const events = [
      fact('start', '2026-11-09 09:00'),
      fact('extend', '2026-11-10 09:00', { days: 2, documentId: 'slip-04' }),
    ];
    const clock = explain(events, 3, nationalCalendar, at('2026-11-10 09:00'));
    expect(clock).toMatchObject({ limitDays: 3, extendedDays: 2, remainingDays: 4 });
    expect(local(clock.dueAt!)).toBe('2026-11-16 09:00');
  });

  it('counts what is overdue apart from the limit', () => {
    const clock = explain([fact('start', '2026-11-09 09:00')], 2, nationalCalendar, at('2026-11-12 10:00'));
    expect(clock.late).toBe(true);
    expect(clock.remainingMinutes).toBe(-510);
    const overdue = clock.intervals.filter((each) => each.kind === 'overdue');
    expect(overdue.reduce((sum, each) => sum + each.minutes, 0)).toBe(510);
  });

  it('ends at the finish and stays on time when finished before the due date', () => {
    const events = [fact('start', '2026-11-09 09:00'), fact('finish', '2026-11-10 10:00')];
    const clock = explain(events, 5, nationalCalendar, at('2026-12-31 09:00'));
    expect(clock).toMatchObject({ state: 'finished', late: false, usedMinutes: 510 });
    expect(local(clock.intervals.at(-1)!.to)).toBe('2026-11-10 10:00');
  });

  it('refuses facts that cannot follow, so nobody restarts a clock', () => {
    const running = [fact('start', '2026-11-09 09:00')];
    expect(() => appendClockEvent(running, fact('start', '2026-11-10 09:00'))).toThrow(/eventOutOfOrder/);
    expect(() => appendClockEvent(running, fact('resume', '2026-11-10 09:00'))).toThrow(/eventOutOfOrder/);
    expect(() => appendClockEvent(running, fact('stop', '2026-11-08 09:00'))).toThrow(/eventBeforeLast/);
    expect(() => appendClockEvent(running, fact('extend', '2026-11-10 09:00'))).toThrow(/extensionWithoutDays/);
    const finished = appendClockEvent(running, fact('finish', '2026-11-10 09:00'));
    expect(() => appendClockEvent(finished, fact('stop', '2026-11-11 09:00'))).toThrow(/eventOutOfOrder/);
  });
});

const first = at('2025-01-01 00:00').getTime();
const moment = fc.integer({ min: 0, max: 700 * 1440 }).map((minutes) => new Date(first + minutes * 60_000));
const later = (date: Date, minutes: number) => new Date(date.getTime() + minutes * 60_000);
const gap = fc.integer({ min: 0, max: 20 * 1440 });

/** start, then pairs of stop and resume at random distances */
const history = fc.tuple(moment, fc.array(fc.tuple(gap, gap), { maxLength: 4 })).map(([start, pauses]) => {
  const events: ClockEvent[] = [{ kind: 'start', at: start, authorId: 'officer' }];
  let time = start;
  for (const [work, rest] of pauses) {
    time = later(time, work);
    events.push({ kind: 'stop', at: time, authorId: 'officer', reason: 'supplement' });
    time = later(time, rest);
    events.push({ kind: 'resume', at: time, authorId: 'applicant' });
  }
  return { events, end: time };
});

describe('the clock at random', () => {
  it('never gives an earlier due date for a later receipt or a longer limit', () => {
    fc.assert(
      fc.property(
        moment,
        gap,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 10 }),
        (from, minutes, days, more) => {
          const due = addWorkingDays(from, days, nationalCalendar);
          expect(addWorkingDays(later(from, minutes), days, nationalCalendar).getTime()).toBeGreaterThanOrEqual(
            due.getTime(),
          );
          expect(addWorkingDays(from, days + more, nationalCalendar).getTime()).toBeGreaterThanOrEqual(due.getTime());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('adds and measures the same length', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 60 }), (from, days) => {
        expect(workingDaysBetween(from, addWorkingDays(from, days, nationalCalendar), nationalCalendar)).toBe(days);
      }),
      { numRuns: 300 },
    );
  });

  it('adds in parts what it adds at once', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (from, a, b) => {
        const parts = addWorkingDays(addWorkingDays(from, a, nationalCalendar), b, nationalCalendar);
        expect(parts).toEqual(addWorkingDays(from, a + b, nationalCalendar));
      }),
      { numRuns: 300 },
    );
  });

  it('is neutral to pauses: work left before a stop is the work left after it', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 40 }), ({ events, end }, limit) => {
        const clock = explain(events, limit, nationalCalendar, end);
        const start = events[0]!.at;
        const pauses = events.filter((event) => event.kind !== 'start');
        let paused = 0;
        for (let i = 0; i < pauses.length; i += 2) {
          paused += workingDaysBetween(pauses[i]!.at, pauses[i + 1]!.at, nationalCalendar);
        }
        const due = clock.dueAt!;
        if (due.getTime() >= end.getTime()) {
          const whole = workingDaysBetween(start, due, nationalCalendar);
          expect(whole - paused).toBeCloseTo(limit, 8);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lists contiguous intervals whose counted minutes are the limit, and overdue ones the lateness', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 40 }), gap, ({ events, end }, limit, wait) => {
        const now = later(end, wait);
        const clock = explain(events, limit, nationalCalendar, now);
        const sum = (test: (each: ClockExplanation['intervals'][number]) => boolean) =>
          clock.intervals.filter(test).reduce((total, each) => total + each.minutes, 0);
        expect(sum((each) => each.kind === 'counted' || each.kind === 'makeUp')).toBe(limit * 450);
        expect(sum((each) => each.past)).toBe(clock.usedMinutes);
        expect(sum((each) => each.kind === 'overdue')).toBe(Math.max(0, -clock.remainingMinutes));
        for (let i = 1; i < clock.intervals.length; i++) {
          expect(clock.intervals[i]!.from).toEqual(clock.intervals[i - 1]!.to);
        }
        expect(clock.intervals[0]!.from).toEqual(events[0]!.at);
      }),
      { numRuns: 300 },
    );
  });
});
