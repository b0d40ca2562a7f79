'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

const page = '/office/administration/jobs';

export async function retryJobAction(jobId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).operations.retryJob({ jobId });
    await redirectTo(`${page}?notice=retried`);
  });
}

export async function discardJobAction(jobId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).operations.discardJob({ jobId, reason: readText(data, 'reason') });
    await redirectTo(`${page}?notice=discarded`);
  });
}
