'use server';

import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_server/run-action.ts';
import type { FormState } from '#app/_ui/types.ts';
import { localePath } from '#i18n/locale-path.ts';
import type { PayAtDemoBank } from '#server/payments/inputs.ts';

/** Makes the transfer that the pressed button names. */
export async function payAtDemoBank(reference: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).payments.payAtDemoBank({ reference, how: data.get('how') as PayAtDemoBank['how'] });
    redirect(localePath(await getLocale(), `/demo/bank/${reference}?sent=1`));
  });
}
