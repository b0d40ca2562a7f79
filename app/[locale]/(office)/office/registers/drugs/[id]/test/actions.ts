'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function recordTest(
  drugId: string,
  corrects: string | null,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).drugs.recordTest({
      drugId,
      corrects,
      batch: readText(data, 'batch'),
      sampleNumber: readText(data, 'sampleNumber'),
      takenOn: readDate(data, 'takenOn'),
      facilityCode: readText(data, 'facilityCode'),
      takenAt: readText(data, 'takenAt'),
      laboratory: readText(data, 'laboratory'),
      method: readText(data, 'method'),
      standard: readText(data, 'standard'),
      lines: readText(data, 'lines'),
      certificateNumber: readText(data, 'certificateNumber'),
      certificateOn: readDate(data, 'certificateOn'),
    });
    await redirectTo(`/office/registers/drugs/${drugId}?done=test`);
  });
}
