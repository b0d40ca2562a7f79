'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readNumber, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function answerRecall(
  recallId: string,
  facilityId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).drugs.answerRecall({
      recallId,
      facilityId,
      quarantined: readNumber(data, 'quarantined') as number,
      returned: readNumber(data, 'returned') as number,
      note: readText(data, 'note'),
    });
    await redirectTo('/my/batches?done=answered');
  });
}
