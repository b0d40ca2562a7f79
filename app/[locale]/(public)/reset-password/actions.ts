'use server';

import { requestContext } from '#app/_server/context.ts';
import { clientOfRequest, keepCookie, passwordIn } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';
import { resetPassword } from '#server/identity/index.ts';

/** Sets the password by a link of a mail and leads to signing in with it. */
export async function resetPasswordAction(token: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { device } = await resetPassword(
      await requestContext(),
      { token, password: passwordIn(data, 'password') },
      await clientOfRequest(),
    );
    await keepCookie(device);
    await redirectTo('/sign-in?notice=password');
  });
}
