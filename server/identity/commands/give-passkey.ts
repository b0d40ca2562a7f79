import { z } from 'zod';
import { allow, type Context, command, Id, notFound, parseInput, reader } from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { PasskeyAnswer } from '../inputs.ts';
import { checkAssertion, findPasskey, recordUse, spendChallenge, wrongPasskey } from '../passkeys.ts';
import { lockUser } from '../records.ts';
import { networkOf } from '../rules.ts';
import { lockSession, strengthen } from '../second-factor.ts';
import { type SessionCookie, sessionCookie } from '../session-cookie.ts';
import { startSession } from '../start-session.ts';
import type { SessionRef } from './give-code.ts';

/**
 * Signs in by a passkey alone (something one has, unlocked by something one is or knows: both factors), or gives it as
 * the second factor of a session.
 * @param session the session that waits or is to be stepped up; null: signing in
 * @throws AppError `invalidInput` security.errors.wrongPasskey, the same for whatever was wrong; `limit`
 */
export async function givePasskey(
  ctx: Context,
  session: SessionRef | null,
  raw: z.input<typeof PasskeyAnswer>,
  client: Client,
): Promise<{ cookie: SessionCookie; official: boolean }> {
  const answer = parseInput(PasskeyAnswer, raw);
  await countAttempt(ctx, 'passkey', networkOf(client.address), client);
  const userId = session?.userId ?? null;
  const challenge = await spendChallenge(ctx, answer, userId === null ? 'sign-in' : 'step-up', userId);
  const key = await findPasskey(reader(ctx), answer.id);
  if (key === null || (userId !== null && key.userId !== userId)) throw wrongPasskey();
  const counter = await checkAssertion(answer, challenge, key);
  const given = await acceptPasskey(ctx, {
    passkeyId: key.id,
    credentialId: key.credentialId,
    counter,
    sessionId: session?.sessionId ?? null,
    userAgent: client.userAgent,
  });
  return { cookie: await sessionCookie(given.token, given.expiresAt, ctx.now()), official: given.official };
}

const acceptPasskey = command({
  name: 'session.passkey',
  input: z.strictObject({
    passkeyId: Id,
    credentialId: z.string(),
    counter: z.number().int(),
    sessionId: Id.nullable(),
    userAgent: z.string().nullable(),
  }),
  load: async (ctx, input) => {
    // looked up again: it may have been removed while its answer was checked
    const key = (await findPasskey(ctx.tx, input.credentialId)) ?? notFound();
    const held = input.sessionId === null ? null : await lockSession(ctx, input.sessionId);
    const user = held?.user ?? (await lockUser(ctx, key.userId));
    if (user.id !== key.userId || user.disabledAt !== null || !user.official) throw wrongPasskey();
    return { key, user, session: held?.session ?? null };
  },
  allow: () => allow,
  run: async (ctx, input, { key, user, session }) => {
    await recordUse(ctx, key, input.counter);
    const given = session
      ? await strengthen(ctx, user, session)
      : await startSession(ctx, user, input.userAgent, ctx.now());
    return { token: given.token, expiresAt: given.expiresAt, official: user.official };
  },
  audit: ({ subject }) => ({
    subjectType: 'user',
    subjectId: subject.user.id,
    details: { passkeyId: subject.key.id, steppedUp: subject.session !== null && !subject.session.awaitsSecondFactor },
  }),
});
