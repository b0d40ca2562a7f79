import { dossierRoles, type Role } from '#db/enums/roles.ts';

export type { Role } from '#db/enums/roles.ts';

/** A role over an organisation, a unit subtree of it, or a province of it. */
export interface Grant {
  role: Role;
  organisationId: string;
  /** ids from the top of the tree joined by dots; null: the whole organisation */
  unitPath: string | null;
  provinceCode: string | null;
}

export interface Person {
  kind: 'person';
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  official: boolean;
  /** the business one acts for; null: for oneself */
  actingFor: string | null;
  /** every business one may act for */
  memberships: string[];
  grants: Grant[];
  /** 2: a second factor was given within `STEP_UP_MINUTES`; 1: none, or longer ago. An official without any is nobody. */
  assurance: number;
}

/** Code and secret of a dossier, as printed on the receipt slip: who holds both may ask how it stands. */
export interface Bearer {
  code: string;
  secret: string;
}

/** Who does something. */
export type Actor = { kind: 'anonymous'; bearer?: Bearer } | { kind: 'system'; name: string } | Person;

export const anonymous: Actor = { kind: 'anonymous' };
/** A stranger with a slip in hand. The database compares both halves itself. */
export const bearerOf = (bearer: Bearer): Actor => ({ kind: 'anonymous', bearer });
export const systemActor = (name: string): Actor => ({ kind: 'system', name });

/** The answer of a policy. `hidden` makes a refusal look like absence: what one may not see is not found. */
export type Verdict = { allowed: true } | { allowed: false; reason: string; hidden: boolean };

export const allow: Verdict = { allowed: true };
/** Refused, and said why: for people who may see the thing. */
export const refuse = (reason: string): Verdict => ({ allowed: false, reason, hidden: false });
/** Refused as if it did not exist: for people who may not even see it. */
export const hide: Verdict = { allowed: false, reason: 'errors.notFound', hidden: true };
/** Only for people who are signed in. */
export const signInFirst: Verdict = { allowed: false, reason: 'errors.unauthenticated', hidden: false };

/**
 * For decisions: signing, issuing, approving, revoking, grants. What is allowed still needs an official's second factor,
 * given not long ago; pages answer this refusal by asking for a code in place.
 */
export const freshAssurance = (actor: Actor, verdict: Verdict): Verdict =>
  verdict.allowed && actor.kind === 'person' && actor.official && actor.assurance < 2 ? refuse(stepUpReason) : verdict;

/** The reason of a refusal that a code of the second factor lifts. */
export const stepUpReason = 'security.errors.stepUp';

/** The grants an actor holds of a role within an organisation; empty for anybody else. */
export function grantsOf(actor: Actor, role: Role, organisationId: string | null): Grant[] {
  if (actor.kind !== 'person' || !organisationId) return [];
  return actor.grants.filter((g) => g.role === role && g.organisationId === organisationId);
}

export const hasRole = (actor: Actor, role: Role, organisationId: string | null): boolean =>
  grantsOf(actor, role, organisationId).length > 0;

/** Whether an official holds any grant in an organisation. */
export const worksFor = (actor: Actor, organisationId: string | null): boolean =>
  actor.kind === 'person' && actor.official && actor.grants.some((g) => g.organisationId === organisationId);

/** The organisations in which an official holds one of these roles. */
export function organisationsWithRole(actor: Actor, roles: readonly Role[]): string[] {
  if (actor.kind !== 'person' || !actor.official) return [];
  return [...new Set(actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.organisationId))];
}

/**
 * The authorities on whose dossiers an official works. Its twin in the database, `wall_dossier_authorities`, lets
 * administrators pass as well: what they enter in the books of money is told on the dossier.
 */
export const dossierAuthoritiesOf = (actor: Actor): string[] => organisationsWithRole(actor, dossierRoles);

export const worksOnDossiersOf = (actor: Actor, organisationId: string | null): boolean =>
  organisationId !== null && dossierAuthoritiesOf(actor).includes(organisationId);

/** The id of the person, or null for the system and for strangers. */
export const personId = (actor: Actor): string | null => (actor.kind === 'person' ? actor.userId : null);
