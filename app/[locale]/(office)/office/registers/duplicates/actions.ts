'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { localDate } from '#server/calendar/rules.ts';
import { now } from '#server/platform/index.ts';
import { RegisterKey } from '#server/registers/inputs.ts';

type Side = { id: string; version: number };
const page = '/office/registers/duplicates';

/** The entry that is not kept is proposed to be merged into the other. */
export async function merge(
  register: string,
  sides: [Side, Side],
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const [kept, gone] = readText(data, 'keep') === 'second' ? [sides[1], sides[0]] : sides;
    await (await caller()).registers.propose({
      register: RegisterKey.parse(register),
      kind: 'merge',
      entryId: gone.id,
      version: gone.version,
      mergeInto: kept.id,
      validFrom: localDate(now()),
      reason: readText(data, 'reason'),
    });
    await redirectTo(`${page}?done=proposed`);
  });
}

export async function keepApart(
  firstId: string,
  secondId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.keepApart({ firstId, secondId, note: readText(data, 'note') });
    await redirectTo(`${page}?done=apart`);
  });
}

export async function look(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const register = RegisterKey.catch('facilities').parse(readText(data, 'register'));
    await (await caller()).registers.lookForDuplicates({ register });
    await redirectTo(`${page}?done=looking`);
  });
}
