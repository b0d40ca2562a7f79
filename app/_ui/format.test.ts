import { expect, test } from 'vitest';
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatMoment,
  formatMoney,
  formatWeekday,
  formatWorkingDays,
} from './format.ts';

const at = new Date('2026-11-23T17:30:00Z');

test('instants are shown in the time zone of Vietnam', () => {
  expect(formatDateTime(at)).toBe('24/11/2026 00:30');
  expect(formatDate(at)).toBe('24/11/2026');
});

test('a day without time stays that day', () => {
  expect(formatDate('2026-01-02')).toBe('02/01/2026');
  expect(formatWeekday('2026-11-23', 'vi')).toBe('thứ Hai, 23/11/2026');
  expect(formatWeekday('2026-11-22', 'vi')).toBe('chủ Nhật, 22/11/2026');
  expect(formatWeekday('2026-11-23', 'en')).toBe('Monday, 23/11/2026');
});

test('amounts have the marks of the language and do not break before the sign', () => {
  expect(formatMoney(1_500_000, 'vi')).toBe('1.500.000\u00a0₫');
  expect(formatMoney(1_500_000, 'en')).toBe('1.500.000\u00a0₫');
});

test('working days are spelled out', () => {
  expect(formatWorkingDays(20, 'vi')).toBe('20 ngày làm việc');
  expect(formatWorkingDays(1, 'en')).toBe('1 working day');
  expect(formatWorkingDays(2.5, 'vi')).toBe('2,5 ngày làm việc');
});

test('near instants are named', () => {
  const words = { today: 'hôm nay', yesterday: 'hôm qua' };
  const now = new Date('2026-11-23T03:00:00Z');
  expect(formatMoment(new Date('2026-11-23T02:12:00Z'), now, words)).toBe('hôm nay 09:12');
  expect(formatMoment(new Date('2026-11-22T09:40:00Z'), now, words)).toBe('hôm qua 16:40');
  expect(formatMoment(new Date('2026-11-19T09:40:00Z'), now, words)).toBe('19/11 16:40');
  expect(formatMoment(new Date('2025-11-19T09:40:00Z'), now, words)).toBe('19/11/2025');
});

test('sizes of files are round', () => {
  expect(formatBytes(1_250_000, 'vi')).toBe('1,3 MB');
  expect(formatBytes(20, 'en')).toBe('1 kB');
});
