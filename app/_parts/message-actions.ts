'use server';

import { caller } from '#app/_server/caller.ts';
import { runAction } from '#app/_ui/action-state.ts';
import type { FormState } from '#app/_ui/types.ts';

/** Takes a file away from the message in the making. */
export async function dropAttachment(
  { dossierId, fileId }: { dossierId: string; fileId: string },
  _before: FormState,
  data: FormData,
): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).dossiers.dropAttachment({ dossierId, fileId });
  });
}
