'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function propose(id: string, version: number, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const asked = { id, version, choice: readText(data, 'choice'), reason: readText(data, 'reason') };
    await (await caller()).facilities.proposePlace(asked);
    await redirectTo('/office/registers?done=proposed');
  });
}
