import {
  type Actor,
  allow,
  freshAssurance,
  hasRole,
  hide,
  organisationsWithRole,
  personId,
  type Role,
  refuse,
  signInFirst,
  type Verdict,
  worksFor,
  worksOnDossiersOf,
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
  if (actor.kind === 'anonymous') return signInFirst;
  return actor.kind === 'system' || isPayer(actor, payment) || throughSubject ? allow : hide;
}

/** The list of what one pays. */
export const canListPayments = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** A sum is asked of oneself by filing, of others by the authority it is paid to or by the system. */
export function canRequestPayment(actor: Actor, payment: PaymentFacts & { payeeOrganisationId: string }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  const ofPayee = worksOnDossiersOf(actor, payment.payeeOrganisationId);
  if (actor.kind === 'system' || isPayer(actor, payment) || ofPayee) return allow;
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

/** Who deals with money that goes back: the counter and the desk propose, the leader decides, the administrator keeps the books. */
export const refundRoles: readonly Role[] = ['one-stop', 'officer', 'leader', 'admin'];

/** What a policy needs to know of a refund. */
export interface RefundFacts {
  organisationId: string;
  proposedBy: string | null;
  /** who would get the money; null: a transfer nobody can place */
  payer: PaymentFacts | null;
}

const withRole = (actor: Actor, refund: RefundFacts, roles: readonly Role[]): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!organisationsWithRole(actor, refundRoles).includes(refund.organisationId)) return hide;
  if (refund.payer && isPayer(actor, refund.payer)) return refuse('refunds.errors.ownMoney');
  return roles.some((role) => hasRole(actor, role, refund.organisationId))
    ? allow
    : refuse('refunds.errors.roleMissing');
};

export const canSeeRefund = (actor: Actor, organisationId: string): Verdict => {
  if (actor.kind === 'system') return allow;
  if (actor.kind === 'anonymous') return signInFirst;
  return organisationsWithRole(actor, refundRoles).includes(organisationId) ? allow : hide;
};

export const canListRefunds = (actor: Actor): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return organisationsWithRole(actor, refundRoles).length > 0 ? allow : refuse('refunds.errors.roleMissing');
};

/** An official of the authority that has the money, never for money of their own. */
export const canProposeRefund = (actor: Actor, refund: RefundFacts): Verdict =>
  withRole(actor, refund, ['one-stop', 'officer', 'admin']);

/** What a procedure's rule gives back is proposed by the system. */
export const canProposeByRule = (actor: Actor): Verdict =>
  actor.kind === 'system' ? allow : refuse('refunds.errors.roleMissing');

/** The leader, and not whoever proposed it: two people for every đồng that leaves. */
export function canDecideRefund(actor: Actor, refund: RefundFacts): Verdict {
  const verdict = withRole(actor, refund, ['leader']);
  if (verdict.allowed && personId(actor) === refund.proposedBy) return refuse('refunds.errors.ownProposal');
  return freshAssurance(actor, verdict);
}

/** The bank's answer is the system's to record; where the bank takes no orders, the administrator records the transfer made by hand. */
export const canRecordRefundSent = (actor: Actor, refund: RefundFacts): Verdict =>
  actor.kind === 'system' ? allow : freshAssurance(actor, withRole(actor, refund, ['admin']));

export const canRetryRefund = (actor: Actor, refund: RefundFacts): Verdict =>
  freshAssurance(actor, withRole(actor, refund, ['leader', 'admin']));

/** Books and bank are compared for an authority by its administrator. */
export function canReconcile(actor: Actor, organisationId: string): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (actor.kind === 'system' || hasRole(actor, 'admin', organisationId)) return allow;
  return worksFor(actor, organisationId) ? refuse('refunds.errors.administratorOnly') : hide;
}
