import {
  type Actor,
  allow,
  freshAssurance,
  grantsOf,
  hide,
  signInFirst,
  type Verdict,
} from '#server/platform/actor.ts';

/** Administrators of an authority, and who may act for a business. */
const keeps = (actor: Actor, organisationId: string): boolean =>
  actor.kind === 'person' &&
  (grantsOf(actor, 'admin', organisationId).some(({ unitPath }) => unitPath === null) ||
    actor.memberships.includes(organisationId));

/** The organisations whose webhooks somebody keeps. */
export const organisationsOf = (actor: Actor): string[] =>
  actor.kind === 'person'
    ? [
        ...actor.grants.flatMap(({ role, organisationId, unitPath }) =>
          role === 'admin' && unitPath === null ? [organisationId] : [],
        ),
        ...actor.memberships,
      ]
    : [];

export const canListWebhooks = (actor: Actor): Verdict =>
  actor.kind === 'anonymous' ? signInFirst : organisationsOf(actor).length > 0 ? allow : hide;

export function canReadWebhook(actor: Actor, webhook: { organisationId: string }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return keeps(actor, webhook.organisationId) ? allow : hide;
}

/** Where data of the ministry are sent to is said with a fresh second factor, where the official has one. */
export const canChangeWebhook = (actor: Actor, webhook: { organisationId: string }): Verdict =>
  freshAssurance(actor, canReadWebhook(actor, webhook));
