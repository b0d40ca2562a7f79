import type { PayeeAccount } from '#db/schema/payments.ts';
import { bankQrPayload } from '../bank-provider.ts';
import type { Callback, Intent, Payee, Refund } from '../records.ts';
import {
  type CallbackOutcome,
  heldOf,
  holdsMoney,
  type PaymentStatus,
  type RefundGround,
  type RefundState,
  receiptNumberText,
} from '../rules.ts';
import { subjectHooks } from '../subjects.ts';

/** A transfer that pays for nothing, wholly or in part. */
export interface HeldMoney {
  /** of the transfer */
  id: string;
  outcome: CallbackOutcome;
  /** what was transferred, whole đồng */
  amount: number;
  /** what of it pays for nothing and is neither on its way back nor gone back */
  held: number;
  at: Date;
}

/** Money that goes back, as its payer sees it. */
export interface RefundLine {
  id: string;
  amount: number;
  ground: RefundGround;
  state: RefundState;
  proposedAt: Date;
  sentAt: Date | null;
  /** the bank's name of the transfer back */
  bankReference: string | null;
}

/** A payment as people see it. */
export interface PaymentView {
  id: string;
  subjectType: string;
  subjectId: string;
  subjectCode: string | null;
  /** page of what is paid for; null when it has none */
  href: string | null;
  purpose: string;
  payerName: string;
  payeeName: string;
  payeeNameEn: string | null;
  account: PayeeAccount;
  /** whole đồng */
  amount: number;
  status: PaymentStatus;
  /** the text of the transfer */
  reference: string;
  /** what the QR code holds; null when nothing is owed any more */
  qr: string | null;
  createdAt: Date;
  settledAt: Date | null;
  /** the transfer that paid it; null while nothing has */
  settledBy: string | null;
  /** as printed, e.g. `0000012/2026` */
  receiptNumber: string | null;
  /** null until the receipt has been made */
  receiptFileId: string | null;
  /** oldest first */
  held: HeldMoney[];
  /** oldest first */
  refunds: RefundLine[];
}

export const paymentView = (
  intent: Intent,
  payee: Payee | undefined,
  money: { transfers: Callback[]; refunds: Refund[] },
): PaymentView => ({
  id: intent.id,
  subjectType: intent.subjectType,
  subjectId: intent.subjectId,
  subjectCode: intent.subjectCode,
  href: subjectHooks(intent.subjectType)?.href?.(intent.subjectId) ?? null,
  purpose: intent.purpose,
  payerName: intent.payerName,
  payeeName: payee?.name ?? intent.payeeAccount.accountName,
  payeeNameEn: payee?.nameEn ?? null,
  account: intent.payeeAccount,
  amount: intent.amount,
  status: intent.status,
  reference: intent.reference,
  qr: intent.status === 'pending' ? bankQrPayload(intent) : null,
  createdAt: intent.createdAt,
  settledAt: intent.settledAt,
  settledBy: money.transfers.find(({ outcome }) => outcome === 'settled' || outcome === 'overpaid')?.id ?? null,
  receiptNumber:
    intent.receiptNumber && intent.receiptYear ? receiptNumberText(intent.receiptNumber, intent.receiptYear) : null,
  receiptFileId: intent.receiptFileId,
  held: heldMoney(intent, money),
  refunds: money.refunds.map(({ id, amount, ground, state, proposedAt, sentAt, bankReference }) => ({
    id,
    amount,
    ground,
    state,
    proposedAt,
    sentAt,
    bankReference,
  })),
});

function heldMoney(intent: Intent, { transfers, refunds }: { transfers: Callback[]; refunds: Refund[] }): HeldMoney[] {
  return transfers.flatMap(({ id, outcome, amount, receivedAt }) => {
    const goingBack = refunds.filter(
      (refund) =>
        refund.callbackId === id &&
        holdsMoney(refund.state) &&
        (outcome !== 'overpaid' || refund.ground === 'overpaid'),
    );
    const held = heldOf(outcome, amount, intent.amount) - goingBack.reduce((sum, refund) => sum + refund.amount, 0);
    return held > 0 ? [{ id, outcome, amount, held, at: receivedAt }] : [];
  });
}
