import { describe, expect, it } from 'vitest';
import { instant } from './local-time.ts';
import { nationalCalendar } from './national-calendar.ts';
import { plainCalendar } from './work-calendar.ts';
import { addWorkingDays, nextWorkingMoment, workingDaysBetween } from './working-time.ts';

const at = (text: string) => {
  const [date = '', time] = text.split(' ');
  return instant(date, time);
};
const local = (date: Date) => new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** from, working days, due: each by hand from the calendar on the wall */
const golden: [string, string, number, string][] = [
  ['an ordinary Monday', '2026-11-16 09:00', 1, '2026-11-17 09:00'],
  ['an afternoon', '2026-11-16 14:10', 1, '2026-11-17 14:10'],
  ['a Friday goes over the weekend', '2026-11-13 16:00', 1, '2026-11-16 16:00'],
  ['five days are a week', '2026-11-09 10:00', 5, '2026-11-16 10:00'],
  ['twenty days over Culture Day', '2026-11-02 08:00', 20, '2026-12-01 08:00'],
  ['twenty days from 23 Nov 2026', '2026-11-23 09:00', 20, '2026-12-22 09:00'],
  ['Culture Day 2026 is skipped', '2026-11-23 09:00', 1, '2026-11-25 09:00'],
  ['24 November 2025 was worked', '2025-11-21 09:00', 1, '2025-11-24 09:00'],
  ['Culture Day 2027', '2027-11-23 15:00', 1, '2027-11-25 15:00'],
  ['no days is the moment itself', '2026-11-16 09:00', 0, '2026-11-16 09:00'],
  ['before hours counts from opening', '2026-11-16 06:00', 0, '2026-11-16 07:30'],
  ['at opening', '2026-11-16 07:30', 1, '2026-11-17 07:30'],
  ['lunch counts from the afternoon', '2026-11-16 12:00', 0, '2026-11-16 13:30'],
  ['lunch plus a day', '2026-11-16 12:00', 1, '2026-11-17 13:30'],
  ['11:30 sharp is lunch', '2026-11-16 11:30', 0, '2026-11-16 13:30'],
  ['a minute before lunch', '2026-11-16 11:29', 1, '2026-11-17 11:29'],
  ['after hours counts from the next morning', '2026-11-16 18:00', 0, '2026-11-17 07:30'],
  ['17:00 sharp is after hours', '2026-11-16 17:00', 0, '2026-11-17 07:30'],
  ['a minute before closing', '2026-11-16 16:59', 1, '2026-11-17 16:59'],
  ['Friday after hours', '2026-11-13 18:00', 0, '2026-11-16 07:30'],
  ['Friday after hours plus a day', '2026-11-13 18:00', 1, '2026-11-17 07:30'],
  ['Saturday counts from Monday', '2026-11-14 10:00', 0, '2026-11-16 07:30'],
  ['Sunday night plus two days', '2026-11-15 23:59', 2, '2026-11-18 07:30'],
  ['midnight belongs to the new day', '2026-11-16 00:00', 1, '2026-11-17 07:30'],
  ['half a day from opening ends 15 minutes before lunch', '2026-11-16 07:30', 0.5, '2026-11-16 11:15'],
  ['half a day from mid-morning crosses lunch', '2026-11-16 09:00', 0.5, '2026-11-16 14:45'],
  ['half a day in the afternoon crosses the night', '2026-11-16 15:00', 0.5, '2026-11-17 09:15'],
  ['a tenth of a day', '2026-11-16 08:00', 0.1, '2026-11-16 08:45'],
  ['New Year 2026 and its swapped Friday', '2025-12-31 09:00', 1, '2026-01-05 09:00'],
  ['the Saturday worked for 2 January 2026', '2026-01-09 09:00', 1, '2026-01-10 09:00'],
  ['two days over the worked Saturday', '2026-01-09 09:00', 2, '2026-01-12 09:00'],
  ['received on the worked Saturday', '2026-01-10 10:00', 0, '2026-01-10 10:00'],
  ['New Year 2025 was a Wednesday', '2024-12-31 09:00', 1, '2025-01-02 09:00'],
  ['New Year 2027 is a Friday', '2026-12-31 14:00', 1, '2027-01-04 14:00'],
  ['Lunar New Year 2025', '2025-01-24 09:00', 1, '2025-02-03 09:00'],
  ['Lunar New Year 2026', '2026-02-13 09:00', 1, '2026-02-23 09:00'],
  ['received within Lunar New Year 2026', '2026-02-18 09:00', 3, '2026-02-26 07:30'],
  ['Lunar New Year 2027 with its days in lieu', '2027-02-04 09:00', 1, '2027-02-12 09:00'],
  ['Hùng Kings 2025 on a Monday', '2025-04-04 09:00', 1, '2025-04-08 09:00'],
  ['Hùng Kings 2026 on a Sunday moves to Monday', '2026-04-24 09:00', 1, '2026-04-28 09:00'],
  ['Hùng Kings 2027 on a Friday', '2027-04-15 09:00', 1, '2027-04-19 09:00'],
  ['30 April 2025 with the swapped Friday', '2025-04-29 09:00', 1, '2025-05-05 09:00'],
  ['the Saturday worked on 26 April 2025', '2025-04-25 09:00', 1, '2025-04-26 09:00'],
  ['30 April and 1 May 2026', '2026-04-29 09:00', 1, '2026-05-04 09:00'],
  ['1 May 2027 on a Saturday moves to Monday', '2027-04-29 09:00', 1, '2027-05-04 09:00'],
  ['National Day 2025', '2025-08-29 09:00', 1, '2025-09-03 09:00'],
  ['National Day 2026 with the swapped Monday', '2026-08-28 09:00', 1, '2026-09-03 09:00'],
  ['the Saturday worked on 22 August 2026', '2026-08-21 16:30', 1, '2026-08-22 16:30'],
  ['National Day 2027 with its adjacent Friday', '2027-09-01 09:00', 1, '2027-09-06 09:00'],
  ['leap day 2028 is an ordinary Tuesday', '2028-02-28 09:00', 1, '2028-02-29 09:00'],
  ['a month of 20 days in 2025', '2025-06-02 09:00', 20, '2025-06-30 09:00'],
  ['sixty days over the turn of the year', '2026-11-02 09:00', 60, '2027-01-27 09:00'],
  ['180 days: 36 weeks, six days off, one Saturday worked', '2026-03-02 09:00', 180, '2026-11-16 09:00'],
];

describe('adding working days in the national calendar', () => {
  it.each(golden)('%s: %s + %d', (_name, from, days, due) => {
    expect(local(addWorkingDays(at(from), days, nationalCalendar))).toBe(due);
  });

  it('counts back what it added, from the moment work begins', () => {
    for (const [, from, days, due] of golden) {
      expect(workingDaysBetween(at(from), at(due), nationalCalendar)).toBeCloseTo(days, 10);
    }
  });

  it('counts working days backwards as negative', () => {
    expect(workingDaysBetween(at('2026-11-17 09:00'), at('2026-11-16 09:00'), nationalCalendar)).toBe(-1);
  });

  it('refuses a negative number of days', () => {
    expect(() => addWorkingDays(at('2026-11-16 09:00'), -1, nationalCalendar)).toThrow(RangeError);
  });

  it('says so when a calendar has no hours at all instead of running forever', () => {
    const empty = { ...plainCalendar('empty'), hours: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } };
    expect(() => addWorkingDays(at('2026-11-16 09:00'), 1, empty)).toThrow(/empty has no working time/);
  });
});

describe('half days', () => {
  const calendar = {
    ...plainCalendar('half'),
    halfDays: { '2026-11-17': 'morning', '2026-11-19': 'afternoon' } as const,
  };

  it('count the minutes worked on them', () => {
    expect(workingDaysBetween(at('2026-11-17 00:00'), at('2026-11-18 00:00'), calendar)).toBeCloseTo(240 / 450, 10);
    expect(workingDaysBetween(at('2026-11-19 00:00'), at('2026-11-20 00:00'), calendar)).toBeCloseTo(210 / 450, 10);
  });

  it('push a due date on by what they lack', () => {
    expect(local(addWorkingDays(at('2026-11-16 07:30'), 2, calendar))).toBe('2026-11-18 11:00');
  });

  it('have no afternoon when only the morning is worked', () => {
    expect(local(nextWorkingMoment(at('2026-11-17 13:30'), calendar))).toBe('2026-11-18 07:30');
  });
});
