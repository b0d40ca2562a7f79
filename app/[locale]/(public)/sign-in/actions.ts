'use server';

import { enter, passwordIn } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';

/** Signs in and goes on to `next`, if that is a page of ours, else to where work begins. */
export async function signInAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { official } = await enter({ email: readText(data, 'email'), password: passwordIn(data, 'password') });
    await redirectTo(withoutLocale(safePath(next, official ? '/office' : '/my')));
  });
}
