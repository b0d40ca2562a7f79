'use server';

import { proposeFrom } from '#app/_parts/registers/propose.ts';
import { caller } from '#app/_server/caller.ts';
import type { FormState } from '#app/_ui/types.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';

export async function proposeNew(register: RegisterKey, _before: FormState, data: FormData): Promise<FormState> {
  return proposeFrom(await caller(), register, null, data);
}
