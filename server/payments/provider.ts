import type { PayeeAccount } from '#db/schema/payments.ts';
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
