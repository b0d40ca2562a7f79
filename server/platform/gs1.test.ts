import { expect, test } from 'vitest';
import { gtin14 } from './gs1.ts';

test('a GTIN needs its check digit, and is the same in every length', () => {
  expect(gtin14('4006381333931')).toBe('04006381333931');
  expect(gtin14('04006381333931')).toBe('04006381333931');
  expect(gtin14('4006381333932')).toBeNull();
  expect(gtin14('96385074')).toBe('00000096385074');
  expect(gtin14('96385075')).toBeNull();
  expect(gtin14('036000291452')).toBe('00036000291452');
  expect(gtin14('123')).toBeNull();
});
