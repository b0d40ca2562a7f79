import { expect, test } from 'vitest';
import { outcomeOf } from './rules.ts';

test.each([
  ['intact', true, 'inForce', 'valid'],
  ['intact', true, 'suspended', 'notInForce'],
  ['intact', true, 'revoked', 'notInForce'],
  ['intact', true, 'expired', 'notInForce'],
  ['altered', true, 'inForce', 'altered'],
  ['incomplete', true, 'inForce', 'altered'],
  ['unreadable', true, 'inForce', 'altered'],
  ['altered', false, null, 'altered'],
  ['intact', false, null, 'unknown'],
  ['untrusted', false, null, 'unknown'],
  ['unsigned', false, null, 'unknown'],
  ['unreadable', false, null, 'unknown'],
] as const)(
  'a file that is %s, issued here: %s, of status %s, is said to be %s',
  (verdict, issuedHere, status, outcome) => {
    expect(outcomeOf({ verdict, issuedHere, status })).toBe(outcome);
  },
);
