import { procedure, router, shape } from '#server/trpc/init.ts';
import { setPaymentAccount } from './commands/set-payment-account.ts';
import { billAtDemoBank, payAtDemoBank } from './demo-bank.ts';
import {
  BooksOf,
  BooksPage,
  DecideRefund,
  ListPayments,
  ListRefunds,
  PayAtDemoBank,
  PaymentId,
  PaymentReference,
  PaymentSubject,
  ProposeRefund,
  RecordRefundSent,
  RefundId,
  ResolveMismatch,
  SetPaymentAccount,
  UploadStatement,
} from './inputs.ts';
import { getPayment, intentOf, listPayments, paymentsOfSubject } from './queries/payments.ts';
import { getRefund, listRefunds } from './queries/refunds.ts';
import { reconcileWithBank } from './reconciliation/daily.ts';
import { getBooks } from './reconciliation/queries.ts';
import { uploadStatement } from './reconciliation/reconcile.ts';
import { resolveMismatch } from './reconciliation/resolve-mismatch.ts';
import { decideRefund, retryRefund } from './refunds/decide-refund.ts';
import { proposeRefund } from './refunds/propose-refund.ts';
import { recordRefundSent } from './refunds/send-refund.ts';

export const paymentsRouter = router({
  list: procedure.input(shape(ListPayments)).query(({ ctx, input }) => listPayments(ctx, input)),
  get: procedure.input(shape(PaymentId)).query(({ ctx, input }) => getPayment(ctx, input)),
  ofSubject: procedure.input(shape(PaymentSubject)).query(({ ctx, input }) => paymentsOfSubject(ctx, input)),
  intentOf: procedure.input(shape(PaymentSubject)).query(({ ctx, input }) => intentOf(ctx, input)),
  setAccount: procedure.input(shape(SetPaymentAccount)).mutation(({ ctx, input }) => setPaymentAccount(ctx, input)),
  demoBill: procedure.input(shape(PaymentReference)).query(({ ctx, input }) => billAtDemoBank(ctx, input)),
  payAtDemoBank: procedure.input(shape(PayAtDemoBank)).mutation(({ ctx, input }) => payAtDemoBank(ctx, input)),
  refunds: procedure.input(shape(ListRefunds)).query(({ ctx, input }) => listRefunds(ctx, input)),
  refund: procedure.input(shape(RefundId)).query(({ ctx, input }) => getRefund(ctx, input)),
  proposeRefund: procedure.input(shape(ProposeRefund)).mutation(({ ctx, input }) => proposeRefund(ctx, input)),
  decideRefund: procedure.input(shape(DecideRefund)).mutation(({ ctx, input }) => decideRefund(ctx, input)),
  retryRefund: procedure.input(shape(RefundId)).mutation(({ ctx, input }) => retryRefund(ctx, input)),
  recordRefundSent: procedure.input(shape(RecordRefundSent)).mutation(({ ctx, input }) => recordRefundSent(ctx, input)),
  books: procedure.input(shape(BooksPage)).query(({ ctx, input }) => getBooks(ctx, input)),
  reconcile: procedure.input(shape(BooksOf)).mutation(({ ctx, input }) => reconcileWithBank(ctx, input)),
  uploadStatement: procedure.input(shape(UploadStatement)).mutation(({ ctx, input }) => uploadStatement(ctx, input)),
  resolveMismatch: procedure.input(shape(ResolveMismatch)).mutation(({ ctx, input }) => resolveMismatch(ctx, input)),
});
