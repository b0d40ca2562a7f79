import { type Actor, allow, grantsOf, refuse, signInFirst, type Verdict, worksFor } from '#server/platform/actor.ts';

/** Registers change through decisions: only the system, carrying one out, adds an entry. */
export const canRegisterFacility = (actor: Actor): Verdict =>
  actor.kind === 'system' ? allow : refuse('facilities.errors.onlyByDecision');

/** Registrar or leader of the authority that issued the licence, where the grant covers the facility's province. */
export function canChangeLicence(actor: Actor, licence: { issuedBy: string; provinceCode: string }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (actor.kind === 'system') return refuse('facilities.errors.issuerOnly');
  const grants = [...grantsOf(actor, 'registrar', licence.issuedBy), ...grantsOf(actor, 'leader', licence.issuedBy)];
  if (grants.some((grant) => grant.provinceCode === null || grant.provinceCode === licence.provinceCode)) return allow;
  return refuse(worksFor(actor, licence.issuedBy) ? 'facilities.errors.roleMissing' : 'facilities.errors.issuerOnly');
}

/** Who holds the licences of a facility: everybody who may act for its business. */
export const isHolder = (actor: Actor, facility: { organisationId: string | null }): boolean =>
  actor.kind === 'person' && facility.organisationId !== null && actor.memberships.includes(facility.organisationId);

export const canListOwnLicences = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** The register with its internal reasons: officials. The register itself is public. */
export const canReadOfficeView = (actor: Actor): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return actor.kind === 'system' || actor.official ? allow : refuse('facilities.errors.officialsOnly');
};
