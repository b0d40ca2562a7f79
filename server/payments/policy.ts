import {
  type Actor,
  allow,
  hasRole,
  hide,
  refuse,
  signInFirst,
  type Verdict,
  worksFor,
} from '#server/platform/actor.ts';

/** What a policy needs to know of a payment. */
export interface PaymentFacts {
  payerUserId: string | null;
  payerOrganisationId: string | null;
}

/** Who pays: the person, or anybody who may act for the business that pays. */
export function isPayer(actor: Actor, payment: PaymentFacts): boolean {
  if (actor.kind !== 'person') return false;
  if (payment.payerOrganisationId) return actor.memberships.includes(payment.payerOrganisationId);
  return payment.payerUserId === actor.userId;
}

/** `throughSubject`: the owner of what is paid for lets the actor see it. */
export function canSeePayment(actor: Actor, payment: PaymentFacts, throughSubject: boolean): Verdict {
  if (actor.kind === 'system' || isPayer(actor, payment) || throughSubject) return allow;
  return actor.kind === 'anonymous' ? signInFirst : hide;
}

/** The list of what one pays. */
export const canListPayments = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** A sum is asked of oneself by filing, of others by the authority it is paid to or by the system. */
export function canRequestPayment(actor: Actor, payment: PaymentFacts & { payeeOrganisationId: string }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (actor.kind === 'system' || isPayer(actor, payment) || worksFor(actor, payment.payeeOrganisationId)) return allow;
  return refuse('payments.errors.notYours');
}

/** Only the system records what a bank says, and only after it has checked the signature. */
export const canRecordCallback = (actor: Actor): Verdict =>
  actor.kind === 'system' ? allow : refuse('payments.errors.callbackNotGenuine');

/** An authority's own administrator says on which account its fees arrive. */
export function canSetAccount(actor: Actor, organisationId: string): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (actor.kind === 'system' || hasRole(actor, 'admin', organisationId)) return allow;
  return refuse('payments.errors.administratorOnly');
}
