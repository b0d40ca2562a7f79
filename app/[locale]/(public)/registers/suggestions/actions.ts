'use server';

import { getTranslations } from 'next-intl/server';
import { requestContext } from '#app/_server/context.ts';
import { clientOfRequest } from '#app/_server/session.ts';
import { runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { lookUpSuggestion } from '#server/registers/index.ts';

/** The secret travels in the body of the request, never in an address. */
export async function lookUp(_before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const { address } = await clientOfRequest();
    const pair = { number: readText(data, 'number'), secret: readText(data, 'key') };
    const found = await lookUpSuggestion(await requestContext(), pair, address ?? '');
    const t = await getTranslations('registers');
    const state = t(`suggestionStates.${found.state}`);
    return t('lookUp.found', {
      number: found.number,
      title: found.title,
      state,
      answer: found.answer ?? t('lookUp.noAnswer'),
    });
  });
}
