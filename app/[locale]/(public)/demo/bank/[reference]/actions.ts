'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { PayAtDemoBank } from '#server/payments/inputs.ts';

/** Makes the transfer that the pressed button names. */
export async function payAtDemoBank(reference: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const how = data.get('how') as PayAtDemoBank['how'];
    await (await caller()).payments.payAtDemoBank({ reference, how });
    await redirectTo(`/demo/bank/${reference}?sent=${how === 'untold' || how === 'other' ? how : '1'}`);
  });
}
