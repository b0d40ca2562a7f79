'use server';

import { getLocale } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { type ExportFormat, RegisterKey } from '#server/registers/inputs.ts';

/** Asks for a file of a register with the filters of the page one came from. */
export async function start(criteria: Record<string, string>, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const locale = (await getLocale()) === 'en' ? 'en' : 'vi';
    await (await caller()).registers.startExport({
      register: RegisterKey.catch('facilities').parse(readText(data, 'register')),
      format: readText(data, 'format') as ExportFormat,
      criteria,
      on: readDate(data, 'on') || null,
      own: readText(data, 'own') === 'on',
      locale,
    });
    await redirectTo('/office/registers/exports?done=started');
  });
}

/** Stops making a file. */
export async function cancel(exportId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.cancelExport({ exportId });
    await redirectTo('/office/registers/exports?done=cancelled');
  });
}
