import { cookies } from 'next/headers';
import type { AccountShown } from '#app/_ui/types.ts';
import { log } from '#server/platform/log.ts';
import { requestContext } from './context.ts';

/** Who is shown in the frame. Without a cookie nobody is asked; public pages stay readable when the answer fails. */
export async function accountShown(): Promise<AccountShown | null> {
  if ((await cookies()).getAll().length === 0) return null;
  try {
    const { actor } = await requestContext();
    return actor.kind === 'person' ? { name: actor.name, official: actor.official } : null;
  } catch (error) {
    log.error('the account of a page could not be read', { error });
    return null;
  }
}
