'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Starts the renewal of a licence, or takes up the one under way; whom one acts for stays so for the session. */
export async function startRenewal(licenceId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const api = await caller();
    const { id, organisationId } = await api.dossiers.startRenewal({ licenceId });
    await api.identity.actFor({ organisationId });
    await redirectTo(`/my/dossiers/${id}`);
  });
}
