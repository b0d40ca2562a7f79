import type { PayeeAccount } from '#db/schema/payments.ts';
import { bankQrPayload } from '../bank-provider.ts';
import type { Intent, Payee } from '../records.ts';
import { type PaymentStatus, receiptNumberText } from '../rules.ts';
import { subjectHooks } from '../subjects.ts';

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
  /** as printed, e.g. `0000012/2026` */
  receiptNumber: string | null;
  /** null until the receipt has been made */
  receiptFileId: string | null;
}

export const paymentView = (intent: Intent, payee: Payee | undefined): PaymentView => ({
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
  receiptNumber:
    intent.receiptNumber && intent.receiptYear ? receiptNumberText(intent.receiptNumber, intent.receiptYear) : null,
  receiptFileId: intent.receiptFileId,
});
