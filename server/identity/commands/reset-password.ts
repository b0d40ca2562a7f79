import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { users, userTokens } from '#db/schema/identity.ts';
import {
  allow,
  type Context,
  command,
  enqueue,
  Id,
  newId,
  nothing,
  parseInput,
  reader,
} from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { RequestPasswordReset, ResetPassword } from '../inputs.ts';
import { hashPassword, refuseCommonPassword } from '../passwords.ts';
import { findToken, getUser, linkExpired, lockToken, lockUser, revokeSessions } from '../records.ts';
import { deviceCookie, type SessionCookie } from '../session-cookie.ts';

/**
 * Asks for a link to choose a new password. Whether the address is known is looked up later, by the job, so that
 * neither the answer nor its time tells.
 */
export async function requestPasswordReset(
  ctx: Context,
  raw: z.input<typeof RequestPasswordReset>,
  client: Client,
): Promise<void> {
  const input = parseInput(RequestPasswordReset, raw);
  await countAttempt(ctx, 'reset-password', input.email, client);
  await requestLink(ctx, input);
}

const requestLink = command({
  name: 'password.request-link',
  input: RequestPasswordReset,
  load: nothing,
  allow: () => allow,
  run: async (ctx, { email }) =>
    enqueue(ctx, 'password.send-link', { email, requestedAt: ctx.now().toISOString(), id: newId() }),
  audit: () => ({ subjectType: 'user', subjectId: null }),
});

/**
 * Sets a password by the link of a reset or an invitation. It also proves the address, so
 * that this device is known to the account from now on. All sessions end.
 * @throws AppError `invalidState` identity.errors.linkExpired
 */
export async function resetPassword(
  ctx: Context,
  raw: z.input<typeof ResetPassword>,
  client: Client,
): Promise<{ device: SessionCookie }> {
  const input = parseInput(ResetPassword, raw);
  await countAttempt(ctx, 'use-link', input.token, client);
  const token = (await findToken(reader(ctx), input.token, ['reset-password', 'invitation'])) ?? linkExpired();
  if (token.usedAt !== null || token.expiresAt <= ctx.now()) linkExpired();
  const user = await getUser(reader(ctx), token.userId);
  refuseCommonPassword(input.password, [user.name, user.email]);
  await setPassword(ctx, { tokenId: token.id, passwordHash: await hashPassword(input.password) });
  return { device: await deviceCookie(user.email, ctx.now()) };
}

const setPassword = command({
  name: 'password.reset',
  input: z.strictObject({ tokenId: Id, passwordHash: z.string() }),
  load: async (ctx, input) => {
    const token = await lockToken(ctx, input.tokenId);
    const user = await lockUser(ctx, token.userId);
    if (token.usedAt !== null || token.expiresAt <= ctx.now() || user.disabledAt !== null) linkExpired();
    return { token, user };
  },
  allow: () => allow,
  run: async (ctx, input, { token, user }) => {
    const now = ctx.now();
    await ctx.tx.update(userTokens).set({ usedAt: now }).where(eq(userTokens.id, token.id));
    await ctx.tx
      .update(users)
      .set({ passwordHash: input.passwordHash, emailConfirmedAt: user.emailConfirmedAt ?? now })
      .where(eq(users.id, user.id));
    await revokeSessions(ctx, user.id);
  },
  audit: ({ subject }) => ({
    subjectType: 'user',
    subjectId: subject.user.id,
    details: { purpose: subject.token.purpose },
  }),
});
