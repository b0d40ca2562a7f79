import { describe, expect, it } from 'vitest';
import { dossierRoles, roles } from '#db/enums/roles.ts';
import type { Actor, Role } from '#server/platform/actor.ts';
import { canCancel, canChangeStatus, canInitial, canIssue, canReadDocument, canReturn, canSign } from './policy.ts';
import {
  type DocumentAction,
  type DocumentState,
  forceOn,
  isPast,
  nextState,
  paddedNumber,
  possibleNumbers,
  printedDate,
} from './rules.ts';

describe('the states of a document', () => {
  const states: DocumentState[] = ['draft', 'initialled', 'signed', 'issued', 'returned', 'cancelled'];
  const actions: DocumentAction[] = ['initial', 'sign', 'issue', 'return', 'cancel'];

  it('follow one another only as the law orders it', () => {
    const possible = states.flatMap((state) =>
      actions.flatMap((action) => {
        const next = nextState(state, action);
        return next ? [`${state} –${action}→ ${next}`] : [];
      }),
    );
    expect(possible).toEqual([
      'draft –initial→ initialled',
      'draft –return→ returned',
      'draft –cancel→ cancelled',
      'initialled –sign→ signed',
      'initialled –return→ returned',
      'initialled –cancel→ cancelled',
      'signed –issue→ issued',
      'signed –return→ returned',
      'signed –cancel→ cancelled',
      'returned –cancel→ cancelled',
    ]);
  });

  it('tell what was done already from what is not its turn', () => {
    expect(isPast('signed', 'initial')).toBe(true);
    expect(isPast('issued', 'issue')).toBe(true);
    expect(isPast('draft', 'sign')).toBe(false);
    expect(isPast('returned', 'sign')).toBe(false);
    expect(isPast('cancelled', 'cancel')).toBe(false);
  });
});

describe('numbers and dates', () => {
  it('are padded as Decree 30/2020 asks: numbers and days below 10, months 1 and 2', () => {
    expect([1, 9, 10, 1250].map(paddedNumber)).toEqual(['01', '09', '10', '1250']);
    expect(printedDate('2026-01-05')).toEqual({ day: '05', month: '01', year: '2026' });
    expect(printedDate('2026-02-15').month).toBe('02');
    expect(printedDate('2026-03-15').month).toBe('3');
    expect(printedDate('2026-11-30').month).toBe('11');
  });

  it('decide whether a document holds: through its last day, unless something was decided', () => {
    const document = { status: 'inForce', validTo: '2026-11-23' };
    expect(forceOn(document, '2026-11-23')).toBe('inForce');
    expect(forceOn(document, '2026-11-24')).toBe('expired');
    expect(forceOn({ status: 'revoked', validTo: '2026-11-23' }, '2026-11-24')).toBe('revoked');
    expect(forceOn({ status: 'inForce', validTo: null }, '2099-01-01')).toBe('inForce');
    expect(forceOn({ status: null, validTo: null }, '2026-11-23')).toBeNull();
  });
});

describe('who may do what', () => {
  const organisationId = 'a';
  const official = (role: Role, userId = 'u', at = organisationId): Actor => ({
    kind: 'person',
    userId,
    sessionId: 's',
    name: 'n',
    email: 'e',
    official: true,
    actingFor: null,
    memberships: [],
    grants: [{ role, organisationId: at, unitPath: null, provinceCode: null }],
    assurance: 2,
  });
  const document = { organisationId, draftedBy: 'drafter', state: 'initialled' as DocumentState };
  const allowed = (may: (actor: Actor, of: typeof document) => { allowed: boolean }) =>
    roles.filter((role) => may(official(role), document).allowed);

  it('follows from the role in the organisation', () => {
    expect(allowed(canInitial)).toEqual(['head']);
    expect(allowed(canSign)).toEqual(['leader']);
    expect(allowed(canIssue)).toEqual(['clerk']);
    expect(allowed(canReturn)).toEqual(['head', 'leader']);
    expect(roles.filter((role) => canReturn(official(role), { ...document, state: 'signed' }).allowed)).toEqual([
      'clerk',
    ]);
    expect(allowed(canCancel)).toEqual(['officer', 'head', 'leader', 'clerk']);
    expect(allowed(canChangeStatus)).toEqual(['leader', 'registrar']);
    expect(allowed(canReadDocument)).toEqual(dossierRoles);
  });

  it('is nothing for those elsewhere: to them the document does not exist', () => {
    for (const may of [canInitial, canSign, canIssue, canReturn, canCancel, canChangeStatus, canReadDocument]) {
      expect(may(official('leader', 'u', 'b'), document)).toMatchObject({ allowed: false, hidden: true });
      expect(may({ kind: 'anonymous' }, document).allowed).toBe(false);
    }
  });

  it('never lets the drafter approve', () => {
    expect(canInitial(official('head', 'drafter'), document)).toMatchObject({ reason: 'signatures.errors.ownDraft' });
    expect(canSign(official('leader', 'drafter'), document)).toMatchObject({ reason: 'signatures.errors.ownDraft' });
  });
});

it('a number is found as it is written without Vietnamese letters', () => {
  expect(possibleNumbers('1/dkkdd-hno')).toContain('01/ĐKKDD-HNO');
  expect(possibleNumbers('15/QD-SYT')).toEqual(['15/QD-SYT', '15/QĐ-SYT']);
  expect(possibleNumbers('7/GP')).toEqual(['07/GP']);
  expect(possibleNumbers('D'.repeat(40))).toEqual(['D'.repeat(40)]);
});
