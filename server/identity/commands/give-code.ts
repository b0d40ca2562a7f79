import { z } from 'zod';
import { allow, type Context, command, Id, parseInput } from '#server/platform/index.ts';
import { type Client, countCode, forgetCode } from '../attempts.ts';
import { GiveCode } from '../inputs.ts';
import { codesLeft, lockSession, spendCode, strengthen, tellOwner, wrongCode } from '../second-factor.ts';
import { type SessionCookie, sessionCookie } from '../session-cookie.ts';

/** A session that waits for its second factor, or is to be stepped up. */
export interface SessionRef {
  sessionId: string;
  userId: string;
}

/**
 * The second factor by a code of the authenticator or a backup code: lets a session in that waited for it, or steps an
 * open one up. The session gets a new cookie.
 * @throws AppError `invalidInput` with the field `otp`, `limit`, `unauthenticated` when the session has ended
 */
export async function giveCode(
  ctx: Context,
  session: SessionRef,
  raw: z.input<typeof GiveCode>,
  client: Client,
): Promise<{ cookie: SessionCookie; official: boolean; by: 'authenticator' | 'backupCode' }> {
  const { cookie, given } = await throughCode(ctx, session, raw, client, acceptCode);
  return { cookie, official: given.official, by: given.by };
}

/**
 * Counts the try, does with the code what `take` does, and gives the session its new cookie. A code that is taken makes
 * the tries before it forgotten.
 * @throws AppError `invalidInput` with the field `otp`, `limit`, and what `take` throws
 */
export async function throughCode<Given extends { token: string; expiresAt: Date }>(
  ctx: Context,
  session: SessionRef,
  raw: z.input<typeof GiveCode>,
  client: Client,
  take: (ctx: Context, input: { sessionId: string; otp: string }) => Promise<Given>,
): Promise<{ cookie: SessionCookie; given: Given }> {
  const { otp } = parseInput(GiveCode, raw);
  await countCode(ctx, session.userId, client);
  const given = await take(ctx, { sessionId: session.sessionId, otp });
  await forgetCode(ctx, session.userId, client);
  return { cookie: await sessionCookie(given.token, given.expiresAt, ctx.now()), given };
}

const acceptCode = command({
  name: 'session.second-factor',
  input: z.strictObject({ sessionId: Id, otp: z.string() }),
  load: async (ctx, input) => {
    const { user, session } = await lockSession(ctx, input.sessionId);
    const by = await spendCode(ctx, user.id, input.otp);
    if (!by) throw wrongCode();
    return { user, session, by };
  },
  // whoever has the code of this session's person
  allow: () => allow,
  run: async (ctx, _input, { user, session, by }) => {
    // whoever has found the sheet with the codes does not get in unnoticed
    if (by === 'backupCode') await tellOwner(ctx, user, 'backup-code-used', { left: await codesLeft(ctx.tx, user.id) });
    return { ...(await strengthen(ctx, user, session)), official: user.official, by };
  },
  audit: ({ subject }) => ({
    subjectType: 'user',
    subjectId: subject.user.id,
    details: { sessionId: subject.session.id, steppedUp: !subject.session.awaitsSecondFactor, by: subject.by },
  }),
});
