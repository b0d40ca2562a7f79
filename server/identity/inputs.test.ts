import { describe, expect, test } from 'vitest';
import { NewPassword } from './inputs.ts';

describe('a new password', () => {
  test.each([undefined, null, 12, ['a', 'b'], {}])('that is no text (%j) is refused like any other field', (value) => {
    expect(NewPassword.safeParse(value).error?.issues.map((issue) => issue.code)).toEqual(['invalid_type']);
  });

  test('counts letters, not code units, and says which bound it misses', () => {
    const said = (text: string) => NewPassword.safeParse(text).error?.issues.map((issue) => issue.message) ?? [];
    expect(said('🔑'.repeat(11))).toEqual(['identity.errors.passwordTooShort']);
    expect(said('🔑'.repeat(12))).toEqual([]);
    expect(said('🔑'.repeat(128))).toEqual([]);
    expect(said('🔑'.repeat(129))).toEqual(['identity.errors.passwordTooLong']);
    expect(said('')).toHaveLength(1);
  });
});
