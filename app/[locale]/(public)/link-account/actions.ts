'use server';

import { getLocale } from 'next-intl/server';
import { linkHere, registerHere } from '#app/_server/provider.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';

/** Links who somebody is at the provider to the account signed in here. */
export async function linkAction(start: '/office' | '/my', _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { next } = await linkHere();
    await redirectTo(withoutLocale(safePath(next, start)));
  });
}

/** Makes an account of it and signs in. */
export async function registerAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const locale = (await getLocale()) === 'en' ? 'en' : 'vi';
    const { next } = await registerHere({ name: readText(data, 'name'), locale });
    await redirectTo(withoutLocale(safePath(next, '/my')));
  });
}
