'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

interface Range {
  organisationId: string;
  fromOn: string;
  toOn: string;
}

export async function issueLog(range: Range, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.issueTrackingLog(range);
    return (await getTranslations('deadlines.slip'))('logDone');
  });
}
