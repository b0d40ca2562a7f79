'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Another name, and the last day it holds. */
export async function editPaper(vaultPaperId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const input = { vaultPaperId, name: readText(data, 'name'), validTo: readDate(data, 'validTo') || null };
    await (await caller()).dossiers.editVaultPaper(input);
    return (await getTranslations('vault'))('saved');
  });
}

export async function removePaper(vaultPaperId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.removeVaultPaper({ vaultPaperId });
  });
}
