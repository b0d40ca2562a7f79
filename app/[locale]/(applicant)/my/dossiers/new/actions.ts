'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function startDraft(procedureKey: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { id } = await (await caller()).dossiers.createDraft({ procedureKey });
    await redirectTo(`/my/dossiers/${id}`);
  });
}
