import { z } from 'zod';
import { Id, line } from '#server/platform/input.ts';

/** Most that field 54 of a VietQR code can carry: 13 digits. */
export const largestAmount = 9_999_999_999_999;
/** Whole đồng. */
export const Amount = z.number().int().min(1).max(largestAmount);

export const PaymentSubject = z.strictObject({ subjectType: z.string().min(1).max(50), subjectId: Id });
export type PaymentSubject = z.infer<typeof PaymentSubject>;

export const RequestPayment = PaymentSubject.extend({
  /** what people call the subject, e.g. the dossier's code; printed on the receipt */
  subjectCode: z.string().min(1).max(100).nullable().default(null),
  purpose: line(300),
  amount: Amount,
  payerName: line(200),
  /** who owes it; left out: the person who asks, for the business they act for */
  payer: z.object({ userId: Id, organisationId: Id.nullable() }).optional(),
  payeeOrganisationId: Id,
  idempotencyKey: z.string().min(8).max(200),
});
export type RequestPayment = z.input<typeof RequestPayment>;

/** A callback as it arrived: nothing in it is believed before its signature has been checked. */
export const SignedCallback = z.object({
  timestamp: z.string().max(20),
  signature: z.string().max(200),
  rawBody: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type SignedCallback = z.infer<typeof SignedCallback>;

/** What the bank tells of one transfer that came in. */
export const BankNotice = z.object({
  /** the bank's name of this event: it may tell of it many times */
  eventId: z.string().min(1).max(100),
  bankReference: z.string().min(1).max(100),
  accountNumber: z.string().min(1).max(30),
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.literal('VND'),
  /** the text of the transfer */
  content: z.string().max(500),
  transferredAt: z.iso.datetime({ offset: true }),
});
export type BankNotice = z.infer<typeof BankNotice>;

export const ListPayments = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListPayments = z.infer<typeof ListPayments>;

export const PaymentId = z.strictObject({ paymentId: Id });
export type PaymentId = z.infer<typeof PaymentId>;

export const SetPaymentAccount = z.strictObject({
  organisationId: Id,
  bankBin: z.string().regex(/^\d{6}$/, 'payments.errors.bankBin'),
  bankName: line(100),
  accountNumber: z.string().regex(/^[0-9A-Za-z]{4,19}$/, 'payments.errors.accountNumber'),
  accountName: line(100),
});
export type SetPaymentAccount = z.infer<typeof SetPaymentAccount>;

export const PaymentReference = z.strictObject({ reference: z.string().regex(/^[0-9A-Z]{4,25}$/) });
export type PaymentReference = z.infer<typeof PaymentReference>;

/** `untold`: the transfer is made, the bank forgets to say so; `other`: with a text that names nothing. */
export const demoTransfers = ['exact', 'under', 'over', 'twice', 'untold', 'other'] as const;
/** What a visitor of the demo bank does with a bill. */
export const PayAtDemoBank = PaymentReference.extend({ how: z.enum(demoTransfers) });
export type PayAtDemoBank = z.infer<typeof PayAtDemoBank>;

/** What goes back by the procedure's rule when a dossier ends before it was received. */
export const RefundFee = PaymentSubject.extend({ ground: z.enum(['withdrawn', 'refusedAtReceipt']) });

const Words = (missing: string) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, missing).max(2000));

export const ProposeRefund = z.strictObject({
  /** the transfer it goes back from */
  callbackId: Id,
  amount: Amount,
  reason: Words('refunds.errors.reasonMissing'),
});
export type ProposeRefund = z.input<typeof ProposeRefund>;

export const RefundId = z.strictObject({ refundId: Id });
export type RefundId = z.infer<typeof RefundId>;

/** A refusal says why. */
export const DecideRefund = RefundId.extend({
  approve: z.boolean(),
  note: z.string().max(2000).default(''),
}).refine((input) => input.approve || input.note.trim() !== '', {
  path: ['note'],
  message: 'refunds.errors.noteMissing',
});
export type DecideRefund = z.input<typeof DecideRefund>;

const BankReference = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase())
  .pipe(z.string().regex(/^[0-9A-Z./_-]{4,100}$/, 'refunds.errors.bankReference'));
export const RecordRefundSent = RefundId.extend({ bankReference: BankReference });
export type RecordRefundSent = z.input<typeof RecordRefundSent>;
export const RecordRefundFailed = RefundId.extend({ failure: z.string().min(1).max(200) });

export const refundFilters = ['open', 'all', 'proposed', 'approved', 'declined', 'sent', 'failed'] as const;
export const ListRefunds = ListPayments.extend({ state: z.enum(refundFilters).default('open') });
export type ListRefunds = z.input<typeof ListRefunds>;

export const Day = z.iso.date();
/** One line of a bank's statement, in whole đồng. */
export const StatementLine = z.object({
  bankReference: BankReference,
  direction: z.enum(['in', 'out']),
  amount: Amount,
  content: z.string().max(500),
});
export type StatementLine = z.infer<typeof StatementLine>;

export const Reconcile = z.object({
  organisationId: Id,
  day: Day,
  source: z.enum(['bank', 'upload']),
  lines: z.array(StatementLine).max(100_000),
});
export type Reconcile = z.input<typeof Reconcile>;

/** The day of an authority's books. */
export const BooksOf = z.strictObject({ organisationId: Id, day: Day });
export type BooksOf = z.infer<typeof BooksOf>;
/** Left out: the first authority one administers; what is open of every day. */
export const BooksPage = z.strictObject({ organisationId: Id.optional(), day: Day.optional() });
export const UploadStatement = BooksOf.extend({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

export const ResolveMismatch = z.strictObject({
  mismatchId: Id,
  resolution: z.enum(['booked', 'refund', 'restated', 'explained']),
  note: Words('refunds.errors.noteMissing'),
});
export type ResolveMismatch = z.input<typeof ResolveMismatch>;
