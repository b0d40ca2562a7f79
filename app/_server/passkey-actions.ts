'use server';

import { sayError } from '#app/_ui/action-state.ts';
import { askPasskey, offerPasskey } from '#server/identity/index.ts';
import { appErrorIn } from '#server/platform/errors.ts';
import { requestContext } from './context.ts';
import { clientOfRequest, sessionHere } from './session.ts';

/** What the browser is to be asked with, or why not, in the reader's language. */
type Asked = { options: unknown } | { problem: string };

async function asked(work: () => Promise<unknown>): Promise<Asked> {
  try {
    return { options: await work() };
  } catch (error) {
    const known = appErrorIn(error);
    if (!known) throw error;
    const say = await sayError();
    return { problem: say({ path: '', reason: known.reason, values: known.details.values ?? {} }).message };
  }
}

/** For signing in with any passkey, or for the second factor of the session that is here. */
export async function askPasskeyAction(purpose: 'sign-in' | 'second-factor'): Promise<Asked> {
  return asked(async () => {
    const session = purpose === 'sign-in' ? null : await sessionHere();
    return askPasskey(await requestContext(), session, await clientOfRequest());
  });
}

/** For a new passkey of one's own. */
export async function offerPasskeyAction(): Promise<Asked> {
  return asked(async () => offerPasskey(await requestContext()));
}
