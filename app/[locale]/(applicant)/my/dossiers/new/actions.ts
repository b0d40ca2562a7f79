'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Starts a draft for the person or one of their businesses; whom one acts for stays so for the session. */
export async function startDraft(procedureKey: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const api = await caller();
    const organisationId = readText(data, 'for') === 'self' ? null : readText(data, 'for') || null;
    const { id } = await api.dossiers.createDraft({ procedureKey, organisationId });
    await api.identity.actFor({ organisationId });
    await redirectTo(`/my/dossiers/${id}`);
  });
}
