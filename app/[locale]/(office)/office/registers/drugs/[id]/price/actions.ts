'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readNumber, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function recordPrice(
  drugId: string,
  corrects: string | null,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).drugs.recordPrice({
      drugId,
      corrects,
      price: readNumber(data, 'price') as number,
      unit: readText(data, 'unit'),
      effectiveFrom: readDate(data, 'effectiveFrom'),
      declaredBy: readText(data, 'declaredBy'),
      announcedOn: readDate(data, 'announcedOn'),
    });
    await redirectTo(`/office/registers/drugs/${drugId}?done=price`);
  });
}
