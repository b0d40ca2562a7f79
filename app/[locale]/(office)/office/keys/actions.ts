'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function changePin(keyId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const api = await caller();
    await api.signatures.changePin({ keyId, pin: readText(data, 'pin'), newPin: readText(data, 'newPin') });
    await redirectTo('/office/keys?done=changed');
  });
}

export async function releaseKey(keyId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).signatures.releaseKey({ keyId });
    await redirectTo('/office/keys?done=released');
  });
}
