'use server';

import { getTranslations } from 'next-intl/server';
import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Marks one notice, or with null all of one's own, as read. */
export async function markNoticeRead(id: string | null, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).notifications.markRead({ id });
    return (await getTranslations('notifications.page'))('markedRead');
  });
}
