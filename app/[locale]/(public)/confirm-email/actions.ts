'use server';

import { requestContext } from '#app/_server/context.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';
import { confirmEmail } from '#server/identity/index.ts';
import { safePath } from '#server/identity/rules.ts';

/** Confirms the address and leads to signing in. */
export async function confirmEmailAction(
  token: string,
  next: string | null,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await confirmEmail(await requestContext(), { token });
    const onwards = safePath(next, '');
    await redirectTo(`/sign-in?notice=confirmed${onwards && `&next=${encodeURIComponent(onwards)}`}`);
  });
}
