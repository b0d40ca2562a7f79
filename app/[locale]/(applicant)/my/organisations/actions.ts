'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { safePath } from '#server/identity/rules.ts';

/** Acts for a business from now on; null: for oneself. Then back to the page that asked for the choice, if one did. */
export async function actForAction(
  organisationId: string | null,
  next: string | null,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.actFor({ organisationId });
    await redirectTo(withoutLocale(safePath(next, '/my/organisations?notice=chosen')));
  });
}

const factsIn = (data: FormData, provinceCode: string) => ({
  name: readText(data, 'name'),
  nameEn: readText(data, 'nameEn'),
  representativeName: readText(data, 'representativeName'),
  provinceCode,
  wardCode: readText(data, 'wardCode'),
  address: readText(data, 'address'),
  phone: readText(data, 'phone'),
  email: readText(data, 'email'),
});

export async function createBusinessAction(
  provinceCode: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.createBusiness({
      taxCode: readText(data, 'taxCode'),
      ...factsIn(data, provinceCode),
    });
    await redirectTo('/my/organisations?notice=chosen');
  });
}

export async function updateBusinessAction(
  organisationId: string,
  provinceCode: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.updateBusiness({ organisationId, ...factsIn(data, provinceCode) });
    await redirectTo(`/my/organisations/${organisationId}?notice=saved`);
  });
}

export async function addRepresentativeAction(
  organisationId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.addRepresentative({ organisationId, email: readText(data, 'email') });
    await redirectTo(`/my/organisations/${organisationId}?notice=added`);
  });
}

export async function removeRepresentativeAction(
  organisationId: string,
  userId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.removeRepresentative({ organisationId, userId });
    await redirectTo(`/my/organisations/${organisationId}?notice=removed`);
  });
}
