import { procedure, router, shape } from '#server/trpc/init.ts';
import { setPaymentAccount } from './commands/set-payment-account.ts';
import { billAtDemoBank, payAtDemoBank } from './demo-bank.ts';
import {
  ListPayments,
  PayAtDemoBank,
  PaymentId,
  PaymentReference,
  PaymentSubject,
  SetPaymentAccount,
} from './inputs.ts';
import { getPayment, intentOf, listPayments, paymentsOfSubject } from './queries/payments.ts';

export const paymentsRouter = router({
  list: procedure.input(shape(ListPayments)).query(({ ctx, input }) => listPayments(ctx, input)),
  get: procedure.input(shape(PaymentId)).query(({ ctx, input }) => getPayment(ctx, input)),
  ofSubject: procedure.input(shape(PaymentSubject)).query(({ ctx, input }) => paymentsOfSubject(ctx, input)),
  intentOf: procedure.input(shape(PaymentSubject)).query(({ ctx, input }) => intentOf(ctx, input)),
  setAccount: procedure.input(shape(SetPaymentAccount)).mutation(({ ctx, input }) => setPaymentAccount(ctx, input)),
  demoBill: procedure.input(shape(PaymentReference)).query(({ ctx, input }) => billAtDemoBank(ctx, input)),
  payAtDemoBank: procedure.input(shape(PayAtDemoBank)).mutation(({ ctx, input }) => payAtDemoBank(ctx, input)),
});
