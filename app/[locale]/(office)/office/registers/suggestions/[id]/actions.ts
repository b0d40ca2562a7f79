'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';

export async function answer(suggestionId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const accept = readText(data, 'outcome') === 'accept';
    await (await caller()).registers.answerSuggestion({ suggestionId, accept, answer: readText(data, 'answer') });
    await redirectTo('/office/registers?done=answered');
  });
}
