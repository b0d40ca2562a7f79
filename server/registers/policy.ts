import type { Role } from '#db/enums/roles.ts';
import {
  type Actor,
  allow,
  freshAssurance,
  type Grant,
  hide,
  refuse,
  signInFirst,
  type Verdict,
} from '#server/platform/actor.ts';
import { keeperRoles } from './rules.ts';

/** Who keeps an entry. */
export interface Kept {
  organisationId: string | null;
  /** null: the whole country, or not yet known */
  provinceCode: string | null;
}

const proposers = keeperRoles;
const approvers: readonly Role[] = ['registrar', 'head', 'leader'];

const grantsIn = (actor: Actor, roles: readonly Role[]): Grant[] =>
  actor.kind === 'person' && actor.official ? actor.grants.filter(({ role }) => roles.includes(role)) : [];

const covers = (grant: Grant, { organisationId, provinceCode }: Kept): boolean =>
  grant.organisationId === organisationId && (grant.provinceCode === null || grant.provinceCode === provinceCode);

const holds = (actor: Actor, roles: readonly Role[], kept: Kept): boolean =>
  grantsIn(actor, roles).some((grant) => covers(grant, kept));

/** The authorities, or their provinces, on whose registers an official works. */
export const keepersOf = (actor: Actor): { organisationId: string; provinceCode: string | null }[] =>
  grantsIn(actor, proposers).map(({ organisationId, provinceCode }) => ({ organisationId, provinceCode }));

/** Officials who work on any register: they see the desks. */
export const canWorkOnRegisters = (actor: Actor): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return keepersOf(actor).length > 0 ? allow : refuse('registers.errors.officialsOnly');
};

/** Who asked for a file, and nobody else, may stop its making. */
export function canCancelExport(actor: Actor, row: { createdBy: string } | null): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return actor.kind === 'person' && row?.createdBy === actor.userId ? allow : hide;
}

/** Officer, inspector, registrar, head or leader of the authority that keeps the entry. */
export function canPropose(actor: Actor, kept: Kept): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return holds(actor, proposers, kept) ? allow : refuse('registers.errors.keeperOnly');
}

/** What is proposed is seen by those who may propose there. */
export const canReadRequest = (actor: Actor, kept: Kept): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return holds(actor, proposers, kept) ? allow : hide;
};
export const canReadSuggestion = canReadRequest;

/** Registrar, head or leader, and never who proposed it: two people stand behind every change. */
export function canDecide(actor: Actor, request: Kept & { proposedBy: string }): Verdict {
  const seen = canReadRequest(actor, request);
  if (!seen.allowed) return seen;
  if (!holds(actor, approvers, request)) return refuse('registers.errors.approverOnly');
  if (actor.kind === 'person' && actor.userId === request.proposedBy) return refuse('registers.errors.ownProposal');
  return freshAssurance(actor, allow);
}

/** Who proposed it takes it back. */
export function canWithdraw(actor: Actor, request: Kept & { proposedBy: string }): Verdict {
  const seen = canReadRequest(actor, request);
  if (!seen.allowed) return seen;
  return actor.kind === 'person' && actor.userId === request.proposedBy
    ? allow
    : refuse('registers.errors.proposerOnly');
}

/** Whoever may propose changes there takes a sheet in, looks at it and proposes it. */
export const canReadImport = canReadRequest;
export const canPrepareImport = canReadRequest;

/** The same two people as for a change: registrar, head or leader, and never who proposed it. */
export function canDecideImport(actor: Actor, sheet: Kept & { proposedBy: string | null }): Verdict {
  return canDecide(actor, { ...sheet, proposedBy: sheet.proposedBy ?? '' });
}
