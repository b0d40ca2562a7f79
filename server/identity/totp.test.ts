import { describe, expect, test } from 'vitest';
import { acceptedStep, codeOfStep, presentCode, stepAt } from './totp.ts';

/** The key of RFC 6238, appendix B, in base32; its codes there have eight digits, of which the last six are ours. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i are those of RFC 6238: %s', (second, code) => {
    expect(codeOfStep(secret, stepAt(new Date(second * 1000)))).toBe(code);
  });

  test('are accepted in their own step and the two beside it, after the last one used', () => {
    const now = new Date(1_800_000_000_000);
    const present = stepAt(now);
    for (const step of [present - 1, present, present + 1])
      expect(acceptedStep(secret, codeOfStep(secret, step), now, 0)).toBe(step);
    for (const step of [present - 2, present + 2, present + 100])
      expect(acceptedStep(secret, codeOfStep(secret, step), now, 0)).toBeNull();
    expect(acceptedStep(secret, codeOfStep(secret, present), now, present)).toBeNull();
    expect(acceptedStep(secret, codeOfStep(secret, present - 1), now, present)).toBeNull();
    expect(acceptedStep(secret, codeOfStep(secret, present + 1), now, present)).toBe(present + 1);
  });

  test('shown for a demo account are ones that would be accepted', () => {
    const now = new Date(1_800_000_000_000);
    for (const last of [0, stepAt(now) - 1, stepAt(now)])
      expect(acceptedStep(secret, presentCode(secret, now, last), now, last)).not.toBeNull();
  });
});
