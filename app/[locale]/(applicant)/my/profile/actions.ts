'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { leave, passwordIn } from '#app/_server/session.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function updateProfileAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.updateProfile({
      name: readText(data, 'name'),
      phone: readText(data, 'phone'),
      citizenId: readText(data, 'citizenId'),
      locale: readText(data, 'locale') as 'vi' | 'en',
    });
    await redirectTo('/my/profile?notice=saved');
  });
}

export async function changePasswordAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.changePassword({
      currentPassword: passwordIn(data, 'currentPassword'),
      password: passwordIn(data, 'password'),
    });
    return (await getTranslations('identity.profile'))('passwordSaved');
  });
}

export async function endSessionAction(sessionId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.revokeSession({ sessionId });
    await redirectTo('/my/profile?notice=ended');
  });
}

export async function unlinkAction(linkId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.unlinkIdentity({ linkId });
    await redirectTo('/my/profile?notice=unlinked');
  });
}

export async function signOutEverywhereAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await leave('everywhere');
    await redirectTo('/sign-in?notice=signedOutEverywhere');
  });
}
