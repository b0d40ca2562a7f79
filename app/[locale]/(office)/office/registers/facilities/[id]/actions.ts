'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_ui/action-state.ts';
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
    if (action === 'suspend') await facilities.suspendLicence({ ...decision, until });
    else if (action === 'lift') await facilities.liftSuspension(decision);
    else await facilities.revokeLicence(decision);
    return (await getTranslations('facilities.office.done'))(action);
  });
}
