'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readNumber, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Records a batch a facility holds; whoever reports one under recall is led to its answer. */
export async function reportBatch(corrects: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { recalls } = await (await caller()).drugs.reportBatch({
      facilityId: readText(data, 'facilityId'),
      drug: readText(data, 'drug'),
      batch: readText(data, 'batch'),
      quantity: readNumber(data, 'quantity') as number,
      unit: readText(data, 'unit'),
      receivedOn: readDate(data, 'receivedOn'),
      corrects,
    });
    await redirectTo(`/my/batches?done=${recalls > 0 ? 'recalled' : 'reported'}`);
  });
}
