import type { PayeeAccount } from '#db/schema/payments.ts';

export type PaymentStatus = 'pending' | 'settled' | 'refunded' | 'cancelled';
export type CallbackOutcome = 'settled' | 'overpaid' | 'repeated' | 'underpaid' | 'late' | 'unknown-reference';
export type RefundState = 'proposed' | 'approved' | 'declined' | 'sent' | 'failed';
export const refundGrounds = [
  'withdrawn',
  'refusedAtReceipt',
  'overpaid',
  'paidTwice',
  'late',
  'underpaid',
  'unassigned',
  'official',
] as const;
export type RefundGround = (typeof refundGrounds)[number];

/** What a procedure says goes back by itself; the rest waits until an official proposes it. */
export interface RefundRule {
  withdrawnBeforeReceipt: boolean;
  refusedAtReceipt: boolean;
  overpaid: boolean;
  paidTwice: boolean;
}

/** Where nothing else is said, money that pays for nothing goes back. */
export const everythingGoesBack: RefundRule = {
  withdrawnBeforeReceipt: true,
  refusedAtReceipt: true,
  overpaid: true,
  paidTwice: true,
};

/** What a provider says has happened, in our terms. */
export interface ProviderEvent {
  eventId: string;
  /** everything in the transfer's text that has the form of a reference; at most one of them is ours */
  references: string[];
  providerReference: string;
  /** whole đồng */
  amount: number;
  accountNumber: string;
  payload: Record<string, unknown>;
}

interface Owed {
  status: PaymentStatus;
  amount: number;
  payeeAccount: Pick<PayeeAccount, 'accountNumber'>;
}

/**
 * What becomes of money that came in. At least the sum owed, on the right account, for something still owed settles it;
 * what is more goes back, and everything else is held and changes nothing.
 */
export function outcomeOf(
  intent: Owed | null,
  event: Pick<ProviderEvent, 'amount' | 'accountNumber'>,
): CallbackOutcome {
  if (!intent || intent.payeeAccount.accountNumber !== event.accountNumber) return 'unknown-reference';
  if (intent.status === 'settled' || intent.status === 'refunded') return 'repeated';
  if (intent.status === 'cancelled') return 'late';
  if (event.amount < intent.amount) return 'underpaid';
  return event.amount === intent.amount ? 'settled' : 'overpaid';
}

export const settles = (outcome: CallbackOutcome): boolean => outcome === 'settled' || outcome === 'overpaid';

/** How much of a transfer pays for nothing, in đồng. `owed`: what its fee is. */
export function heldOf(outcome: CallbackOutcome, amount: number, owed: number): number {
  if (outcome === 'settled') return 0;
  return outcome === 'overpaid' ? amount - owed : amount;
}

/** What is proposed by itself when money came in that pays for nothing; null: it waits for an official. */
export function automaticRefund(outcome: CallbackOutcome, rule: RefundRule): RefundGround | null {
  if (outcome === 'overpaid') return rule.overpaid ? 'overpaid' : null;
  if (outcome === 'repeated') return rule.paidTwice ? 'paidTwice' : null;
  return outcome === 'late' || outcome === 'underpaid' ? outcome : null;
}

/** The ground of what an official proposes: money that pays for nothing has its own, the fee itself `official`. */
export function groundOf(outcome: CallbackOutcome, amount: number, held: number): RefundGround {
  if (amount > held) return 'official';
  const grounds: Record<CallbackOutcome, RefundGround> = {
    settled: 'official',
    overpaid: 'overpaid',
    repeated: 'paidTwice',
    underpaid: 'underpaid',
    late: 'late',
    'unknown-reference': 'unassigned',
  };
  return grounds[outcome];
}

/** A refund that holds its money: it may still be sent, or was. */
export const holdsMoney = (state: RefundState): boolean => state !== 'declined';

const prefix = 'MC';
export const referenceLength = 12;

/** A reference out of ten random readable characters: letters and digits only, since banks drop everything else. */
export const referenceFrom = (secret: string): string => `${prefix}${secret}`;

/** Every reference that may be meant by a transfer's text, however the bank has cut, joined or lower-cased it. */
export function referencesIn(content: string): string[] {
  const plain = content.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const found: string[] = [];
  for (let at = plain.indexOf(prefix); at !== -1; at = plain.indexOf(prefix, at + 1)) {
    const candidate = plain.slice(at, at + referenceLength);
    if (candidate.length === referenceLength) found.push(candidate);
  }
  return found;
}

/** What makes two requests the same request. */
export interface RequestContent {
  subjectType: string;
  subjectId: string;
  purpose: string;
  amount: number;
  payerName: string;
  payeeOrganisationId: string;
}

export const sameContent = (a: RequestContent, b: RequestContent): boolean =>
  a.subjectType === b.subjectType &&
  a.subjectId === b.subjectId &&
  a.purpose === b.purpose &&
  a.amount === b.amount &&
  a.payerName === b.payerName &&
  a.payeeOrganisationId === b.payeeOrganisationId;

/** A receipt's number as printed: `0000012/2026`. */
export const receiptNumberText = (number: number, year: number): string => `${String(number).padStart(7, '0')}/${year}`;

/** The calendar year in Vietnam. */
export const yearInVietnam = (at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric' }).format(at));

export type Resolution = 'booked' | 'refund' | 'restated' | 'explained';
/** How a difference between books and bank may be settled, besides a note. */
export function resolutionsFor(kind: string): readonly Resolution[] {
  if (kind === 'notInBooks') return ['booked', 'explained'];
  if (kind === 'unassigned') return ['refund', 'explained'];
  if (kind === 'statementChanged') return ['restated', 'explained'];
  return ['explained'];
}

/** What a statement says of one transaction. */
export interface Stated {
  day: string;
  amount: number;
  content: string;
}

const lettersIn = (content: string): string => content.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether two statements say the same of a transaction. Banks set blanks and case as they like; who paid stands in the text. */
export const saysTheSame = (a: Stated, b: Stated): boolean =>
  a.day === b.day && a.amount === b.amount && lettersIn(a.content) === lettersIn(b.content);
