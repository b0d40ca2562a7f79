import type { Role } from '#db/enums/roles.ts';
import {
  type Actor,
  allow,
  grantsOf,
  hide,
  organisationsWithRole,
  refuse,
  signInFirst,
  type Verdict,
} from '#server/platform/actor.ts';

/** Officials who work on registers, as in `server/registers`. */
const registerRoles: readonly Role[] = ['officer', 'inspector', 'registrar', 'head', 'leader'];

/** Whether somebody acts for the business of a facility; officials act for none. */
export const actsFor = (actor: Actor, { organisationId }: { organisationId: string | null }): boolean =>
  actor.kind === 'person' && !actor.official && organisationId !== null && actor.memberships.includes(organisationId);

/** The people of a facility's business report for it and answer; for anybody else it is not there to report for. */
export function canReportFor(actor: Actor, facility: { organisationId: string | null }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return actsFor(actor, facility) ? allow : hide;
}

/** One's own businesses; those who have none see an empty page. */
export const canListOwn = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** Authorities on whose registers an official works: they see what facilities of theirs hold. The ministry sees all. */
export const authoritiesOf = (actor: Actor): string[] => organisationsWithRole(actor, registerRoles);

export const canSeeHolders = (actor: Actor): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return authoritiesOf(actor).length > 0 ? allow : refuse('registers.errors.officialsOnly');
};

/** Registrar of the authority that keeps the drug. */
export function canRecord(actor: Actor, { organisationId }: { organisationId: string | null }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return grantsOf(actor, 'registrar', organisationId).length > 0 ? allow : refuse('drugs.errors.registrarOnly');
}
