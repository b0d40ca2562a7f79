'use server';

import { requestContext } from '#app/_server/context.ts';
import { clientOfRequest } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { requestPasswordReset } from '#server/identity/index.ts';

/** Asks for a link; the answer is the same for every address. */
export async function forgotPasswordAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await requestPasswordReset(await requestContext(), { email: readText(data, 'email') }, await clientOfRequest());
    await redirectTo('/forgot-password?sent=1');
  });
}
