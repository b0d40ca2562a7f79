'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function decide(requestId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const approve = readText(data, 'decision') === 'approve';
    await (await caller()).registers.decide({ requestId, approve, note: readText(data, 'note') });
    await redirectTo('/office/registers?done=decided');
  });
}

export async function withdraw(requestId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.withdraw({ requestId });
    await redirectTo('/office/registers?done=withdrawn');
  });
}
