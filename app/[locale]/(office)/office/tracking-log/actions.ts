'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

interface Range {
  organisationId: string;
  fromOn: string;
  toOn: string;
}

/** Days that hold lead to the address that shows them; what is wrong with others is said beside them. */
export async function showLog(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const range = {
      organisationId: readText(data, 'organisationId'),
      fromOn: readDate(data, 'fromOn'),
      toOn: readDate(data, 'toOn'),
    };
    await (await caller()).dossiers.trackingLog(range);
    const { organisationId: authority, fromOn: from, toOn: to } = range;
    await redirectTo(`/office/tracking-log?${new URLSearchParams({ authority, from, to })}`);
  });
}

export async function issueLog(range: Range, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.issueTrackingLog(range);
    return (await getTranslations('deadlines.slip'))('logDone');
  });
}
