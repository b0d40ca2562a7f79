'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { LicenceAction } from '#server/facilities/rules.ts';

export async function changeLicence(
  licenceId: string,
  action: LicenceAction,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const { facilities } = await caller();
    const decision = { licenceId, decisionNumber: readText(data, 'decisionNumber'), reason: readText(data, 'reason') };
    const until = readDate(data, 'until') || null;
    const acts = {
      suspend: () => facilities.suspendLicence({ ...decision, until }),
      lift: () => facilities.liftSuspension(decision),
      revoke: () =>
        facilities.revokeLicence({ ...decision, confirmed: (readText(data, 'confirmed') === 'on') as true }),
    };
    const { facilityId } = await acts[action]();
    // the form of this act is gone afterwards: the page says that it was done
    await redirectTo(`/office/registers/facilities/${facilityId}?done=${action}`);
  });
}
