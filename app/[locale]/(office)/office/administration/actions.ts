'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readList, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { CreateOfficial, GrantRole } from '#server/identity/inputs.ts';

const home = '/office/administration';
const official = (userId: string, notice: string): string => `${home}/officials/${userId}?notice=${notice}`;
const authority = (organisationId: string, notice: string): string =>
  `${home}/authorities/${organisationId}?notice=${notice}`;

const postIn = (data: FormData) => ({
  unitId: readText(data, 'unitId'),
  title: readText(data, 'title'),
  titleEn: readText(data, 'titleEn'),
  signatureTitle: readText(data, 'signatureTitle'),
});

export async function createOfficialAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { userId } = await (await caller()).identity.createOfficial({
      name: readText(data, 'name'),
      email: readText(data, 'email'),
      phone: readText(data, 'phone'),
      ...postIn(data),
      roles: readList(data, 'roles') as CreateOfficial['roles'],
    });
    await redirectTo(official(userId, 'created'));
  });
}

export async function updateOfficialAction(userId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.updateOfficial({
      userId,
      name: readText(data, 'name'),
      phone: readText(data, 'phone'),
    });
    await redirectTo(official(userId, 'saved'));
  });
}

export async function assignPostAction(userId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.assignPost({ userId, ...postIn(data) });
    await redirectTo(official(userId, 'assigned'));
  });
}

export async function grantRoleAction(
  userId: string,
  organisationId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.grantRole({
      userId,
      organisationId,
      role: readText(data, 'role') as GrantRole['role'],
      unitId: readText(data, 'unitId'),
      provinceCode: readText(data, 'provinceCode'),
    });
    await redirectTo(official(userId, 'granted'));
  });
}

export async function revokeGrantAction(
  userId: string,
  grantId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.revokeGrant({ grantId });
    await redirectTo(official(userId, 'revoked'));
  });
}

/** What the buttons of an account do; each names its own notice. */
const acts = {
  disabled: 'disableOfficial',
  enabled: 'enableOfficial',
  invitedAgain: 'inviteAgain',
  factorReset: 'resetSecondFactor',
} as const;

export async function changeAccountAction(
  userId: string,
  act: keyof typeof acts,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity[acts[act]]({ userId });
    await redirectTo(official(userId, act));
  });
}

const authorityIn = (data: FormData) => ({
  name: readText(data, 'name'),
  nameEn: readText(data, 'nameEn'),
  agencyCode: readText(data, 'agencyCode'),
  documentCode: readText(data, 'documentCode'),
  placeCode: readText(data, 'placeCode'),
  superiorName: readText(data, 'superiorName'),
  provinceCode: readText(data, 'provinceCode'),
  address: readText(data, 'address'),
  phone: readText(data, 'phone'),
  email: readText(data, 'email'),
});

export async function createAuthorityAction(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { id } = await (await caller()).identity.createAuthority(authorityIn(data));
    await redirectTo(authority(id, 'created'));
  });
}

export async function updateAuthorityAction(
  organisationId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.updateAuthority({ organisationId, ...authorityIn(data) });
    await redirectTo(authority(organisationId, 'saved'));
  });
}

export async function createUnitAction(organisationId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.createUnit({
      organisationId,
      parentId: readText(data, 'parentId'),
      name: readText(data, 'name'),
      nameEn: readText(data, 'nameEn'),
    });
    await redirectTo(authority(organisationId, 'unitAdded'));
  });
}

export async function renameUnitAction(
  organisationId: string,
  unitId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).identity.renameUnit({
      unitId,
      name: readText(data, 'name'),
      nameEn: readText(data, 'nameEn'),
    });
    await redirectTo(authority(organisationId, 'renamed'));
  });
}
