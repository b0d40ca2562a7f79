import { expect, test } from 'vitest';
import { dayAsked } from './day-asked.ts';

test.each([
  ['31/12/2026', { text: '31/12/2026', day: '2026-12-31' }],
  [' 1.6.2025 ', { text: '01/06/2025', day: '2025-06-01' }],
  ['2025-06-01', { text: '01/06/2025', day: '2025-06-01' }],
  ['31/02/2026', { text: '31/02/2026', wrong: true }],
  ['hôm qua', { text: 'hôm qua', wrong: true }],
  ['', { text: '' }],
])('the day “%s” is asked for and shown as people write it', (asked, read) => {
  expect(dayAsked(asked)).toEqual(read);
});
