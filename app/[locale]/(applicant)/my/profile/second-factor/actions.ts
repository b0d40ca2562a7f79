'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { requestContext } from '#app/_server/context.ts';
import { enrol, readPasskey } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { offerPasskey, registerPasskey } from '#server/identity/index.ts';
import { safePath } from '#server/identity/rules.ts';

const here = '/my/profile/second-factor';

/** Begins to set up another authenticator: its key is shown on the page that follows. */
export async function beginAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.beginEnrolment({});
    await redirectTo(here);
  });
}

export async function confirmAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const entered = await enrol(readText(data, 'otp'));
    await redirectTo(entered === null ? `/sign-in?next=${here}` : here);
  });
}

export async function renewCodesAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.renewBackupCodes({});
    await redirectTo(here);
  });
}

/** The codes are kept; goes on to where signing in was to lead. */
export async function keepCodesAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.keepBackupCodes({});
    await redirectTo(withoutLocale(safePath(next, `${here}?notice=kept`)));
  });
}

/** Adds what the browser has just made. Without an answer of the browser it only finds out why it was not asked. */
export async function addPasskeyAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const answer = data.get('passkey');
    if (typeof answer !== 'string') {
      await offerPasskey(await requestContext());
      return (await getTranslations('security.passkeys'))('again');
    }
    await registerPasskey(await requestContext(), readPasskey(answer), { name: readText(data, 'name') });
    await redirectTo(`${here}?notice=passkeyAdded`);
  });
}

export async function removePasskeyAction(passkeyId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.removePasskey({ passkeyId });
    await redirectTo(`${here}?notice=passkeyRemoved`);
  });
}
