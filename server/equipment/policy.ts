import type { Role } from '#db/enums/roles.ts';
import { type Actor, allow, hide, refuse, signInFirst, type Verdict } from '#server/platform/actor.ts';

/** Whose machines they are. */
export interface Holding {
  /** the business that runs the facility; null: none that files here */
  businessId: string | null;
  /** the authority that keeps the facility's entry */
  authorityId: string | null;
  provinceCode: string | null;
}

const readers: readonly Role[] = ['officer', 'inspector', 'registrar', 'head', 'leader'];

const isOfBusiness = (actor: Actor, { businessId }: Holding): boolean =>
  actor.kind === 'person' && businessId !== null && actor.memberships.includes(businessId);

const holds = (actor: Actor, roles: readonly Role[], { authorityId, provinceCode }: Holding): boolean =>
  actor.kind === 'person' &&
  actor.official &&
  actor.grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      grant.organisationId === authorityId &&
      (grant.provinceCode === null || grant.provinceCode === provinceCode),
  );

/** Who records what becomes of machines: people of the facility's business, and the authority's registrar. */
export const keepsEquipment = (actor: Actor, holding: Holding): boolean =>
  isOfBusiness(actor, holding) || holds(actor, ['registrar'], holding);

const reads = (actor: Actor, holding: Holding): boolean =>
  isOfBusiness(actor, holding) || holds(actor, readers, holding);

/** A facility is public, so nobody is told that it does not exist. */
export function canRegisterUnit(actor: Actor, holding: Holding): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return keepsEquipment(actor, holding) ? allow : refuse('equipment.errors.keepersOnly');
}

/** Serial numbers and states are seen by the business and by the authority's officials. */
export function canReadUnit(actor: Actor, holding: Holding): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return reads(actor, holding) ? allow : hide;
}

export function canRecordOnUnit(actor: Actor, holding: Holding): Verdict {
  const seen = canReadUnit(actor, holding);
  if (!seen.allowed) return seen;
  return keepsEquipment(actor, holding) ? allow : refuse('equipment.errors.keepersOnly');
}

/** Whoever is signed in may ask; the list holds what they may see. */
export const canListUnits = (actor: Actor): Verdict => (actor.kind === 'anonymous' ? signInFirst : allow);

/** The businesses and authorities whose machines an actor sees: the twin of `canReadUnit` in a list. */
export function holdersSeenBy(actor: Actor): {
  businesses: readonly string[];
  authorities: { id: string; provinceCode: string | null }[];
} {
  if (actor.kind !== 'person') return { businesses: [], authorities: [] };
  const grants = actor.official ? actor.grants.filter(({ role }) => readers.includes(role)) : [];
  return {
    businesses: actor.memberships,
    authorities: grants.map(({ organisationId, provinceCode }) => ({ id: organisationId, provinceCode })),
  };
}
