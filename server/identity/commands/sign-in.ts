import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { users } from '#db/schema/identity.ts';
import { AppError, allow, type Context, command, Id, parseInput, reader } from '#server/platform/index.ts';
import { type Client, countAttempt, forgetAttempt } from '../attempts.ts';
import { SignIn } from '../inputs.ts';
import { hashPassword, isOutdated, passwordMatches } from '../passwords.ts';
import { findUserByEmail, lockUser } from '../records.ts';
import { canonicalEmail } from '../rules.ts';
import { deviceCookie, deviceKnownTo, type SessionCookie, sessionCookie } from '../session-cookie.ts';
import { startSession } from '../start-session.ts';

/**
 * Signs in with e-mail and password: a new session row and the cookie for it. An unknown address and a wrong password
 * get the same words after the same work. Officials owe a second factor then: until it is given the session is nobody's.
 * @throws AppError `invalidInput` identity.errors.wrongCredentials, `invalidState` identity.errors.notConfirmed, `limit`
 */
export async function signIn(
  ctx: Context,
  raw: z.input<typeof SignIn>,
  client: Client,
): Promise<{
  cookie: SessionCookie;
  /** to be kept where this device is not known to the account yet */
  device: SessionCookie | null;
  official: boolean;
  userId: string;
  owes: 'code' | 'enrolment' | null;
}> {
  const input = parseInput(SignIn, raw);
  const email = canonicalEmail(input.email);
  // a device known to the account is counted by itself: strangers' failures do not keep its owner out
  const device = await deviceKnownTo(email, client.device);
  const counted = device ?? email;
  await countAttempt(ctx, 'sign-in', counted, client);
  const user = await findUserByEmail(reader(ctx), email);
  const matches = await passwordMatches(user?.passwordHash ?? null, input.password);
  const rehashed = matches && isOutdated(user!.passwordHash!) ? await hashPassword(input.password) : null;
  const opened = await openSession(ctx, { userId: user?.id ?? null, matches, rehashed, userAgent: client.userAgent });
  await forgetAttempt(ctx, 'sign-in', counted, client);
  const cookie = await sessionCookie(opened.token, opened.expiresAt, ctx.now());
  return {
    cookie,
    device: device === null ? await deviceCookie(email, ctx.now()) : null,
    official: opened.official,
    userId: opened.userId,
    owes: opened.owes,
  };
}

const openSession = command({
  name: 'session.open',
  input: z.strictObject({
    userId: Id.nullable(),
    matches: z.boolean(),
    rehashed: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  load: async (ctx, input) => {
    const wrong = new AppError('invalidInput', 'identity.errors.wrongCredentials');
    if (input.userId === null || !input.matches) throw wrong;
    const user = await lockUser(ctx, input.userId);
    if (user.disabledAt !== null) throw wrong;
    // only whoever knows the password learns that the address waits to be confirmed
    if (user.emailConfirmedAt === null) throw new AppError('invalidState', 'identity.errors.notConfirmed');
    return user;
  },
  allow: () => allow,
  run: async (ctx, input, user) => {
    if (input.rehashed) await ctx.tx.update(users).set({ passwordHash: input.rehashed }).where(eq(users.id, user.id));
    return startSession(ctx, user, input.userAgent, null);
  },
  audit: ({ subject, result }) => ({ subjectType: 'user', subjectId: subject.id, details: { sessionId: result.id } }),
});
