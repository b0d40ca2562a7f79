import type { PayeeAccount } from '#db/schema/payments.ts';
import type { Context } from '#server/platform/index.ts';
import type { StatementLine } from './inputs.ts';
import type { ProviderEvent } from './rules.ts';

/** What a payer has to be told. */
export interface Payable {
  reference: string;
  /** whole đồng */
  amount: number;
  payeeAccount: PayeeAccount;
}

/** What arrived at the webhook, as far as a signature covers it. */
export interface CallbackHeaders {
  timestamp: string;
  signature: string;
}

/** One way to be paid. */
export interface PaymentProvider {
  name: string;
  /** the text of the QR code that a payer scans */
  qrPayload(intent: Payable): string;
  /**
   * What a callback says, once it is proved genuine and fresh.
   * @throws AppError forbidden when it is not; invalidInput when it is genuine but says nothing we understand
   */
  verifyCallback(headers: CallbackHeaders, rawBody: Uint8Array): ProviderEvent;
}

/** Money to go back to whoever made a transfer. */
export interface RefundOrder {
  /** the bank makes an order of one id once, however often it is given */
  orderId: string;
  /** whole đồng */
  amount: number;
  /** the bank's name of the transfer it goes back from */
  originalReference: string;
  /** the account it leaves */
  accountNumber: string;
  /** text of the transfer */
  content: string;
}

/** What a bank does on order. A bank that offers neither is dealt with by hand: transfers recorded, statements uploaded. */
export interface BankServices {
  /** @throws AppError invalidInput when the bank refuses for good; anything else is tried again */
  refund(ctx: Context, order: RefundOrder): Promise<{ bankReference: string }>;
  /** everything that moved on an account on a day in Vietnam (`yyyy-mm-dd`) */
  statement(ctx: Context, account: { accountNumber: string; day: string }): Promise<StatementLine[]>;
}
