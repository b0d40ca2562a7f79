import type { StatementLine } from '../inputs.ts';
import type { CallbackOutcome } from '../rules.ts';

export type MismatchKind =
  | 'notInBooks'
  | 'notAtBank'
  | 'amountDiffers'
  | 'unassigned'
  | 'refundNotAtBank'
  | 'debitNotInBooks';

/** A transfer as our books know it. */
export interface BookedTransfer {
  id: string;
  bankReference: string;
  amount: number;
  outcome: CallbackOutcome;
  /** on the day that is compared; others only count when the statement names them */
  ofDay: boolean;
}

/** A refund as our books know it. */
export interface BookedRefund {
  id: string;
  bankReference: string;
  amount: number;
  ofDay: boolean;
}

export interface Mismatch {
  kind: MismatchKind;
  bankReference: string;
  bankAmount: number | null;
  bookAmount: number | null;
  content: string | null;
  callbackId: string | null;
  refundId: string | null;
}

/**
 * Compares a day's statement with the books, both ways. Everything that is not the same sum on both sides is named;
 * money that names nothing of ours is named too, since somebody has to say whose it is.
 */
export function compareBooks(
  lines: readonly StatementLine[],
  transfers: readonly BookedTransfer[],
  refunds: readonly BookedRefund[],
): { matched: number; mismatches: Mismatch[] } {
  const mismatches: Mismatch[] = [];
  let matched = 0;
  const bookedIn = new Map(transfers.map((transfer) => [transfer.bankReference, transfer]));
  const bookedOut = new Map(refunds.map((refund) => [refund.bankReference, refund]));
  const seen = new Set<string>();
  for (const line of lines) {
    const key = `${line.direction}|${line.bankReference}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const transfer = line.direction === 'in' ? bookedIn.get(line.bankReference) : undefined;
    const refund = line.direction === 'out' ? bookedOut.get(line.bankReference) : undefined;
    const booked = transfer ?? refund;
    const found: Mismatch = {
      kind: line.direction === 'in' ? 'notInBooks' : 'debitNotInBooks',
      bankReference: line.bankReference,
      bankAmount: line.amount,
      bookAmount: booked?.amount ?? null,
      content: line.content,
      callbackId: transfer?.id ?? null,
      refundId: refund?.id ?? null,
    };
    if (!booked) mismatches.push(found);
    else if (booked.amount !== line.amount) mismatches.push({ ...found, kind: 'amountDiffers' });
    else if (transfer?.outcome === 'unknown-reference') mismatches.push({ ...found, kind: 'unassigned' });
    else matched += 1;
  }
  for (const { ofDay, bankReference, amount, id } of transfers) {
    if (ofDay && !seen.has(`in|${bankReference}`)) {
      mismatches.push({ ...missing('notAtBank', bankReference, amount), callbackId: id });
    }
  }
  for (const { ofDay, bankReference, amount, id } of refunds) {
    if (ofDay && !seen.has(`out|${bankReference}`)) {
      mismatches.push({ ...missing('refundNotAtBank', bankReference, amount), refundId: id });
    }
  }
  return { matched, mismatches };
}

const missing = (kind: MismatchKind, bankReference: string, bookAmount: number): Mismatch => ({
  kind,
  bankReference,
  bankAmount: null,
  bookAmount,
  content: null,
  callbackId: null,
  refundId: null,
});
