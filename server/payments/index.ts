export { amountInWords } from './amount-in-words.ts';
export { cancelPayment } from './commands/cancel-payment.ts';
export { issueReceipt } from './commands/issue-receipt.ts';
export { type CallbackAnswer, recordCallback } from './commands/record-callback.ts';
export { requestPayment } from './commands/request-payment.ts';
export { setPaymentAccount } from './commands/set-payment-account.ts';
export { billAtDemoBank, payAtDemoBank } from './demo-bank.ts';
export type { BankNotice, PaymentSubject, RequestPayment } from './inputs.ts';
export { paymentsDaily, paymentsJobs } from './jobs.ts';
export type { PaymentProvider } from './provider.ts';
export { canReadReceipt, getPayment, intentOf, listPayments, paymentsOfSubject } from './queries/payments.ts';
export { getRefund, listRefunds, type RefundItem } from './queries/refunds.ts';
export type { HeldMoney, PaymentView, RefundLine } from './queries/view.ts';
export { receiveBankCallback } from './receive-callback.ts';
export { type Books, getBooks } from './reconciliation/queries.ts';
export { reconcileDay, uploadStatement } from './reconciliation/reconcile.ts';
export { resolveMismatch } from './reconciliation/resolve-mismatch.ts';
export type { Intent } from './records.ts';
export { decideRefund, retryRefund } from './refunds/decide-refund.ts';
export { proposeRefund, refundFee } from './refunds/propose-refund.ts';
export { recordRefundSent } from './refunds/send-refund.ts';
export { everythingGoesBack, type RefundRule } from './rules.ts';
export { bankSecret } from './secret.ts';
export {
  type MoneyEvent,
  onMoneyMoved,
  onPaymentSettled,
  registerPaymentSubject,
  type SettledHandler,
  type SubjectHooks,
} from './subjects.ts';
