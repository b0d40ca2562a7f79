'use server';

import { getLocale } from 'next-intl/server';
import { requestContext } from '#app/_server/context.ts';
import { clientOfRequest, passwordIn } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { signUp } from '#server/identity/index.ts';

/** Signs a person up; what happens next is in the mail. */
export async function signUpAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const locale = (await getLocale()) === 'en' ? 'en' : 'vi';
    const input = {
      kind: readText(data, 'kind') as 'business' | 'citizen',
      name: readText(data, 'name'),
      email: readText(data, 'email'),
      phone: readText(data, 'phone'),
      citizenId: readText(data, 'citizenId'),
      password: passwordIn(data, 'password'),
      locale,
    } as const;
    await signUp(await requestContext(), input, await clientOfRequest());
    await redirectTo('/sign-up?sent=1');
  });
}
