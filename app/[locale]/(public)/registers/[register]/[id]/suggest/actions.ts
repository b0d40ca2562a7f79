'use server';

import { getTranslations } from 'next-intl/server';
import { requestContext } from '#app/_server/context.ts';
import { clientOfRequest } from '#app/_server/session.ts';
import { runAction } from '#app/_ui/action-state.ts';
import { readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { suggestFrom } from '#server/registers/index.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';

export async function suggest(
  register: RegisterKey,
  entryId: string,
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    const { address } = await clientOfRequest();
    const said = {
      field: readText(data, 'field') || null,
      words: readText(data, 'words'),
      email: readText(data, 'email'),
    };
    const { number, secret } = await suggestFrom(await requestContext(), { register, entryId, ...said }, address ?? '');
    return (await getTranslations('registers'))('suggest.sent', { number, secret });
  });
}
