import {
  type Actor,
  allow,
  type Grant,
  hide,
  type Person,
  refuse,
  signInFirst,
  type Verdict,
} from '#server/platform/actor.ts';

/** A place in an authority: the organisation, and the path of a unit in it or null for the whole. */
export interface Place {
  organisationId: string;
  unitPath: string | null;
}

export const signedIn = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** Only for applicants: officials act for their authority and for nobody else. */
export function applicant(actor: Actor): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.official ? refuse('identity.errors.applicantsOnly') : allow;
}

/** Second factors belong to officials. */
export function officialOnly(actor: Actor): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.official ? allow : refuse('security.errors.officialsOnly');
}

/** One's own things; those of others do not exist. */
export function isSelf(actor: Actor, userId: string): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.userId === userId ? allow : hide;
}

/** May read a business: whoever acts for it. */
export function canReadBusiness(actor: Actor, organisationId: string): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.memberships.includes(organisationId) ? allow : hide;
}

/** May change a business and say who acts for it: its owners. */
export function canChangeBusiness(
  actor: Actor,
  organisationId: string,
  part: 'owner' | 'representative' | null,
): Verdict {
  const read = canReadBusiness(actor, organisationId);
  if (!read.allowed) return read;
  return part === 'owner' ? allow : refuse('identity.errors.ownersOnly');
}

const isWithin = (path: string | null, top: string | null): boolean =>
  top === null || (path !== null && (path === top || path.startsWith(`${top}.`)));

/** Whether one administrator's grant reaches a place. A grant at the ministry over the whole of it reaches everywhere. */
function reaches(grant: Grant, place: Place, ministryId: string | null): boolean {
  if (grant.role !== 'admin') return false;
  if (grant.organisationId === ministryId && grant.unitPath === null) return true;
  return grant.organisationId === place.organisationId && isWithin(place.unitPath, grant.unitPath);
}

export const administers = (actor: Actor, place: Place, ministryId: string | null): boolean =>
  actor.kind === 'person' && actor.official && actor.grants.some((grant) => reaches(grant, place, ministryId));

const isAdministrator = (actor: Actor): actor is Person =>
  actor.kind === 'person' && actor.official && actor.grants.some((grant) => grant.role === 'admin');

/** Whether somebody administers anything at all: who does not finds no administration. */
export function anyAdministration(actor: Actor): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return isAdministrator(actor) ? allow : hide;
}

/** May administer a place; elsewhere there is nothing to see. */
export function canAdminister(actor: Actor, place: Place, ministryId: string | null): Verdict {
  const any = anyAdministration(actor);
  if (!any.allowed) return any;
  return administers(actor, place, ministryId) ? allow : hide;
}

/** Authorities are made and named by the ministry. */
export function canAdministerMinistry(actor: Actor, ministryId: string | null): Verdict {
  const any = anyAdministration(actor);
  if (!any.allowed) return any;
  return ministryId !== null && administers(actor, { organisationId: ministryId, unitPath: null }, ministryId)
    ? allow
    : refuse('identity.errors.ministryOnly');
}

/** Where an official is at home: the units of the posts and the places of the grants held now. */
export interface Official {
  userId: string;
  places: Place[];
}

/** May see an official: who administers one of the places. Officials at home nowhere are the ministry's. */
export function canReadOfficial(actor: Actor, official: Official, ministryId: string | null): Verdict {
  const any = anyAdministration(actor);
  if (!any.allowed) return any;
  const places = official.places.length > 0 ? official.places : [{ organisationId: ministryId ?? '', unitPath: null }];
  return places.some((place) => administers(actor, place, ministryId)) ? allow : hide;
}

/** May change or disable an official: who administers all the places, and never oneself. */
export function canChangeOfficial(actor: Actor, official: Official, ministryId: string | null): Verdict {
  const read = canReadOfficial(actor, official, ministryId);
  if (!read.allowed) return read;
  if (actor.kind === 'person' && actor.userId === official.userId) return refuse('identity.errors.notOneself');
  return official.places.every((place) => administers(actor, place, ministryId))
    ? allow
    : refuse('identity.errors.elsewhereToo');
}

/** May give or take a role at a place: who administers the place and may see the official; never to oneself. */
export function canGrant(actor: Actor, official: Official, place: Place, ministryId: string | null): Verdict {
  const target = canAdminister(actor, place, ministryId);
  if (!target.allowed) return target;
  const read = canReadOfficial(actor, official, ministryId);
  if (!read.allowed) return read;
  return actor.kind === 'person' && actor.userId === official.userId ? refuse('identity.errors.notOneself') : allow;
}
