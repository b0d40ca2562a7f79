import { describe, expect, test } from 'vitest';
import type { Actor, Person, Role } from '#server/platform/actor.ts';
import {
  canActAsApplicant,
  canCreateDossier,
  canEditDraft,
  canReadDossier,
  canReadInternal,
  canTakeStep,
  type DossierFacts,
  notOwnDraft,
} from './policy.ts';

const person = (over: Partial<Person>): Person => ({
  kind: 'person',
  userId: 'u1',
  sessionId: 's1',
  name: 'Nguyễn Văn A',
  email: 'a@example.vn',
  official: false,
  actingFor: null,
  memberships: [],
  grants: [],
  assurance: 1,
  ...over,
});
const official = (role: Role, organisationId = 'syt', userId = 'o1'): Person =>
  person({ userId, official: true, grants: [{ role, organisationId, unitPath: null, provinceCode: null }] });
const filed: DossierFacts = { state: 4, applicantUserId: 'u1', organisationId: 'biz', authorityId: 'syt' };
const draft: DossierFacts = { ...filed, state: 0, authorityId: null };
const member = person({ memberships: ['biz'] });
const stranger = person({ userId: 'u2' });
const anonymous: Actor = { kind: 'anonymous' };

describe('a draft', () => {
  test('belongs to everybody who may act for the business and to nobody else', () => {
    expect(canEditDraft(member, draft).allowed).toBe(true);
    expect(canEditDraft(person({ userId: 'u3', memberships: ['biz'] }), draft).allowed).toBe(true);
    for (const actor of [stranger, official('officer'), official('admin')]) {
      expect(canEditDraft(actor, draft)).toMatchObject({ allowed: false, hidden: true });
    }
  });

  test('a person who left the business no longer sees its dossiers', () => {
    expect(canReadDossier(person({}), filed)).toMatchObject({ allowed: false, hidden: true });
  });

  test('can no longer be edited once filed', () => {
    expect(canEditDraft(member, filed)).toMatchObject({ allowed: false, reason: 'dossiers.errors.alreadyFiled' });
  });

  test('is started by applicants, not with an official account, and not by strangers', () => {
    expect(canCreateDossier(member, 'biz').allowed).toBe(true);
    expect(canCreateDossier(stranger, 'biz')).toMatchObject({ allowed: false, hidden: true });
    expect(canCreateDossier(official('officer'), null).allowed).toBe(false);
    expect(canCreateDossier(anonymous, null)).toMatchObject({ allowed: false, reason: 'errors.unauthenticated' });
  });
});

describe('a filed dossier', () => {
  test('is seen by its applicant and the officials of its authority; for others it does not exist', () => {
    expect(canReadDossier(member, filed).allowed).toBe(true);
    expect(canReadDossier(official('officer'), filed).allowed).toBe(true);
    for (const actor of [stranger, official('officer', 'other-authority')]) {
      expect(canReadDossier(actor, filed)).toMatchObject({ allowed: false, hidden: true });
    }
    expect(canReadDossier(anonymous, filed)).toMatchObject({ allowed: false, hidden: false });
  });

  test('its internal side is hidden from the applicant, even one who works for the authority', () => {
    expect(canReadInternal(member, filed)).toMatchObject({ allowed: false, hidden: true });
    expect(canReadInternal({ ...official('officer'), memberships: ['biz'] }, filed).allowed).toBe(false);
    expect(canReadInternal(official('clerk'), filed).allowed).toBe(true);
  });

  test('officials cannot act in the place of the applicant', () => {
    expect(canActAsApplicant(official('leader'), filed)).toMatchObject({
      allowed: false,
      reason: 'dossiers.errors.applicantOnly',
    });
  });
});

describe('an official step', () => {
  test('needs the role in the dossier’s own authority', () => {
    expect(canTakeStep(official('officer'), filed, 'officer', null).allowed).toBe(true);
    expect(canTakeStep(official('clerk'), filed, 'officer', null)).toMatchObject({
      reason: 'dossiers.errors.roleMissing',
    });
    expect(canTakeStep(official('officer', 'other'), filed, 'officer', null)).toMatchObject({ hidden: true });
  });

  test('is refused to a colleague while somebody holds it', () => {
    expect(canTakeStep(official('officer'), filed, 'officer', { assigneeId: 'o2' })).toMatchObject({
      reason: 'dossiers.errors.takenByColleague',
    });
    expect(canTakeStep(official('officer'), filed, 'officer', { assigneeId: 'o1' }).allowed).toBe(true);
  });

  test('is never taken on a dossier of one’s own', () => {
    const both = { ...official('officer'), memberships: ['biz'] };
    expect(canTakeStep(both, filed, 'officer', null)).toMatchObject({ reason: 'dossiers.errors.ownDossier' });
  });

  test('who drafted does not sign', () => {
    const leader = official('leader');
    expect(notOwnDraft(canTakeStep(leader, filed, 'leader', null), leader, 'o1')).toMatchObject({
      reason: 'dossiers.errors.ownDraft',
    });
    expect(notOwnDraft(canTakeStep(leader, filed, 'leader', null), leader, 'o9').allowed).toBe(true);
  });
});
