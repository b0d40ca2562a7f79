'use server';

import {
  enrol,
  enter,
  enterCode,
  enterPasskey,
  passwordIn,
  secondFactorPage,
  sessionHere,
} from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';

/** Signs in and goes on to `next`, if that is a page of ours, else to where work begins. */
export async function signInAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { official, owes } = await enter({ email: readText(data, 'email'), password: passwordIn(data, 'password') });
    if (owes) await redirectTo(secondFactorPage(owes, next));
    await redirectTo(withoutLocale(safePath(next, official ? '/office' : '/my')));
  });
}

/**
 * The second factor after the password: a code of the authenticator, or a backup code. Who had to use one of these may have
 * lost the device, and comes to the page where another is set up.
 */
export async function giveCodeAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const entered = await enterCode(readText(data, 'otp'));
    if (entered === null) await redirectTo(backToSignIn(next));
    const onward = withoutLocale(safePath(next, '/office'));
    const factors = `/my/profile/second-factor?notice=backupUsed&next=${encodeURIComponent(onward)}`;
    await redirectTo(entered?.by === 'backupCode' ? factors : onward);
  });
}

/** Confirms the first authenticator, and goes on to the backup codes. */
export async function confirmAuthenticatorAction(
  next: string | null,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const entered = await enrol(readText(data, 'otp'));
    if (entered === null) await redirectTo(backToSignIn(next));
    await redirectTo(`/my/profile/second-factor${next ? `?next=${encodeURIComponent(next)}` : ''}`);
  });
}

const backToSignIn = (next: string | null): string => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');

/** Signs in with a passkey alone. */
export async function passkeySignInAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { official } = await enterPasskey(String(data.get('passkey')), null);
    await redirectTo(withoutLocale(safePath(next, official ? '/office' : '/my')));
  });
}

/** A passkey as the second factor after the password. */
export async function passkeySecondAction(next: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const session = await sessionHere();
    if (session === null) return redirectTo(backToSignIn(next));
    await enterPasskey(String(data.get('passkey')), session);
    await redirectTo(withoutLocale(safePath(next, '/office')));
  });
}
