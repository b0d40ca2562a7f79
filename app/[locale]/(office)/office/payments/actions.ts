'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readNumber, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { Resolution } from '#server/payments/rules.ts';

/** An official proposes that money of a dossier goes back. */
export async function proposeRefund(dossierId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { refundId } = await (await caller()).payments.proposeRefund({
      callbackId: readText(data, 'callbackId'),
      amount: readNumber(data, 'amount') as number,
      reason: readText(data, 'reason'),
    });
    await redirectTo(`/office/payments/refunds/${refundId}?from=${dossierId}`);
  });
}

/** The pressed button says yes or no. */
export async function decideRefund(refundId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const approve = data.get('decision') === 'approve';
    await (await caller()).payments.decideRefund({ refundId, approve, note: readText(data, 'note') });
    await redirectTo(`/office/payments/refunds/${refundId}?done=${approve ? 'approved' : 'declined'}`);
  });
}

export async function retryRefund(refundId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).payments.retryRefund({ refundId });
    await redirectTo(`/office/payments/refunds/${refundId}?done=approved`);
  });
}

/** The transfer was made by hand: its reference at the bank. */
export async function recordRefundSent(refundId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).payments.recordRefundSent({ refundId, bankReference: readText(data, 'bankReference') });
    await redirectTo(`/office/payments/refunds/${refundId}?done=sent`);
  });
}

/** Asks the bank for a day's statement and compares. */
export async function reconcile(
  organisationId: string,
  day: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).payments.reconcile({ organisationId, day });
    await redirectTo(`/office/payments/reconciliation?organisation=${organisationId}&day=${day}`);
  });
}

export async function resolveMismatch(mismatchId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { organisationId, day } = await (await caller()).payments.resolveMismatch({
      mismatchId,
      resolution: readText(data, 'resolution') as Resolution,
      note: readText(data, 'note'),
    });
    await redirectTo(`/office/payments/reconciliation?organisation=${organisationId}&day=${day}&done=1`);
  });
}
