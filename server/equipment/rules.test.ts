import { expect, test } from 'vitest';
import { dueCheck, monthsAfter, statusOn } from './rules.ts';

test('what holds on a day was said for the latest day before it, and last of those said for one day', () => {
  const log = [
    { id: 1, since: '2026-01-10', status: 'working' },
    { id: 2, since: '2026-03-01', status: 'needs-repair' },
    // said later of an earlier time
    { id: 3, since: '2026-02-01', status: 'unserviceable' },
    { id: 4, since: '2026-03-01', status: 'working' },
  ];
  expect(statusOn(log, '2026-01-09')).toBeNull();
  expect(statusOn(log, '2026-01-31')?.id).toBe(1);
  expect(statusOn(log, '2026-02-15')?.id).toBe(3);
  expect(statusOn(log, '2026-03-01')?.id).toBe(4);
});

test('months later is the same day, or the last of the month', () => {
  expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
  expect(monthsAfter('2026-11-15', 12)).toBe('2027-11-15');
  expect(monthsAfter('2026-12-01', 1)).toBe('2027-01-01');
});

test('a check is due months after the last one, or after the machine was installed', () => {
  expect(dueCheck(null, null, '2026-01-01', '2026-11-30')).toBeNull();
  expect(dueCheck(12, null, '2026-01-01', '2026-11-30')).toEqual({ dueOn: '2027-01-01', state: 'later' });
  expect(dueCheck(12, '2025-12-10', '2020-01-01', '2026-11-30')).toEqual({ dueOn: '2026-12-10', state: 'soon' });
  expect(dueCheck(12, '2025-11-29', '2020-01-01', '2026-11-30')).toEqual({ dueOn: '2026-11-29', state: 'overdue' });
  expect(dueCheck(12, '2025-11-30', '2020-01-01', '2026-11-30')?.state).toBe('soon');
});
