import type { PayeeAccount } from '#db/schema/payments.ts';

export type PaymentStatus = 'pending' | 'settled' | 'refunded' | 'cancelled';
export type CallbackOutcome = 'settled' | 'repeated' | 'unknown-reference' | 'wrong-amount' | 'late';

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
 * What becomes of money that came in. Only the exact sum, on the right account, for something still owed settles it;
 * everything else is kept for refund and changes nothing.
 */
export function outcomeOf(
  intent: Owed | null,
  event: Pick<ProviderEvent, 'amount' | 'accountNumber'>,
): CallbackOutcome {
  if (!intent || intent.payeeAccount.accountNumber !== event.accountNumber) return 'unknown-reference';
  if (intent.status === 'settled' || intent.status === 'refunded') return 'repeated';
  if (intent.status === 'cancelled') return 'late';
  return intent.amount === event.amount ? 'settled' : 'wrong-amount';
}

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

/** Money as people read it: `1.000.000 ₫`, on one line. */
export const dongText = (amount: number): string => `${amount.toLocaleString('vi-VN')}\u00a0₫`;

/** The calendar year in Vietnam. */
export const yearInVietnam = (at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric' }).format(at));
