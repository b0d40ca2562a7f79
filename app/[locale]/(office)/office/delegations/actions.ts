'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { AppError } from '#server/platform/errors.ts';

/** `colleague` holds authority and person: one may have colleagues in several authorities. */
export async function delegate(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const [organisationId = '', toUserId = ''] = readText(data, 'toUserId').split(':');
    // the page asks for one colleague, not for an authority and a person
    if (!toUserId)
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'toUserId', reason: 'errors.field.choice' }],
      });
    await (await caller()).dossiers.delegate({
      organisationId,
      toUserId,
      fromOn: readDate(data, 'fromOn'),
      toOn: readDate(data, 'toOn'),
      reason: readText(data, 'reason'),
    });
    return (await getTranslations('deadlines.delegation'))('done');
  });
}

export async function endDelegation(delegationId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.endDelegation({ delegationId });
    await redirectTo('/office/delegations');
  });
}
