'use server';

import { leave } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Signs out on this device. */
export async function signOutAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await leave('here');
    await redirectTo('/sign-in?notice=signedOut');
  });
}
