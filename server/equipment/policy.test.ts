import { expect, test } from 'vitest';
import type { Person } from '#server/platform/index.ts';
import { canReadUnit, canRecordOnUnit, canRegisterUnit } from './policy.ts';

const holding = { businessId: 'b', authorityId: 'a', provinceCode: '01' };
const person = (over: Partial<Person>): Person => ({
  kind: 'person',
  userId: 'u',
  sessionId: 's',
  name: 'Y Moan Êban',
  email: 'y@example.vn',
  official: false,
  actingFor: null,
  memberships: [],
  grants: [],
  assurance: 2,
  ...over,
});
const official = (role: 'registrar' | 'inspector', organisationId: string, provinceCode: string | null = null) =>
  person({ official: true, grants: [{ role, organisationId, unitPath: null, provinceCode }] });

test('machines are recorded by the business and by the registrar, read by the authority, and hidden from others', () => {
  const verdicts = (actor: Parameters<typeof canReadUnit>[0]) =>
    [canRegisterUnit, canReadUnit, canRecordOnUnit].map((ask) => {
      const verdict = ask(actor, holding);
      return verdict.allowed || (verdict.reason ?? 'hidden');
    });
  expect(verdicts(person({ memberships: ['b'] }))).toEqual([true, true, true]);
  expect(verdicts(official('registrar', 'a'))).toEqual([true, true, true]);
  expect(verdicts(official('registrar', 'a', '01'))).toEqual([true, true, true]);
  const seenOnly = verdicts(official('inspector', 'a'));
  expect(seenOnly[1]).toBe(true);
  expect(seenOnly[2]).toBe('equipment.errors.keepersOnly');
  for (const stranger of [
    person({ memberships: ['c'] }),
    official('registrar', 'z'),
    official('registrar', 'a', '79'),
  ]) {
    expect(canReadUnit(stranger, holding).allowed).toBe(false);
    expect(canRegisterUnit(stranger, holding)).toMatchObject({ reason: 'equipment.errors.keepersOnly' });
  }
});
