import { expect, test } from 'vitest';
import { formatHours, parseHours } from './opening-hours-text.ts';

test('hours are read as people write them and written the same way', () => {
  const hours = parseHours('T2-T6 07:00-17:00, 18:00-20:00; T7 7h-11h30\nCN 8h00-10h00');
  expect(hours).toMatchObject({
    1: [
      { from: '07:00', to: '17:00' },
      { from: '18:00', to: '20:00' },
    ],
    6: [{ from: '07:00', to: '11:30' }],
    7: [{ from: '08:00', to: '10:00' }],
  });
  expect(formatHours(hours)).toBe('T2-T6 07:00-17:00, 18:00-20:00; T7 07:00-11:30; CN 08:00-10:00');
  expect(parseHours(formatHours(hours))).toEqual(hours);
  expect(parseHours(' ')).toBeNull();
  expect(parseHours('cả ngày')).toBe('cả ngày');
  expect(parseHours('T7-T2 07:00-08:00')).toBe('T7-T2 07:00-08:00');
});
