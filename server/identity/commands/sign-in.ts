import { asc, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { memberships, sessions, users } from '#db/schema/identity.ts';
import {
  AppError,
  allow,
  type Context,
  command,
  Id,
  newId,
  parseInput,
  reader,
  type TxContext,
} from '#server/platform/index.ts';
import { type Client, countAttempt, forgetAttempt } from '../attempts.ts';
import { SignIn } from '../inputs.ts';
import { hashPassword, isOutdated, passwordMatches } from '../passwords.ts';
import { findUserByEmail, lockUser } from '../records.ts';
import { canonicalEmail, secondFactorEnd, sessionEnd } from '../rules.ts';
import { seal } from '../sealed.ts';
import { hasAuthenticator } from '../second-factor.ts';
import { digestOf, newToken, type SessionCookie, sessionCookie } from '../session-cookie.ts';
import { newTotpSecret } from '../totp.ts';

/**
 * Signs in with e-mail and password: a new session row and the cookie for it. An unknown address and a wrong password
 * get the same words after the same work. Officials owe a second factor then: until it is given the session is nobody's.
 * @throws AppError `invalidInput` identity.errors.wrongCredentials, `invalidState` identity.errors.notConfirmed, `limit`
 */
export async function signIn(
  ctx: Context,
  raw: z.input<typeof SignIn>,
  client: Client,
): Promise<{ cookie: SessionCookie; official: boolean; userId: string; owes: 'code' | 'enrolment' | null }> {
  const input = parseInput(SignIn, raw);
  const email = canonicalEmail(input.email);
  await countAttempt(ctx, 'sign-in', email, client);
  const user = await findUserByEmail(reader(ctx), email);
  const matches = await passwordMatches(user?.passwordHash ?? null, input.password);
  const rehashed = matches && isOutdated(user!.passwordHash!) ? await hashPassword(input.password) : null;
  const opened = await openSession(ctx, { userId: user?.id ?? null, matches, rehashed, userAgent: client.userAgent });
  await forgetAttempt(ctx, 'sign-in', email, client);
  const cookie = await sessionCookie(opened.token, opened.expiresAt, ctx.now());
  return { cookie, official: opened.official, userId: opened.userId, owes: opened.owes };
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
    const now = ctx.now();
    const token = newToken();
    const actingFor = user.official ? null : await actedForLast(ctx, user.id);
    // an official is let in by the second factor only; without one, this session can do nothing but set it up
    const owes = user.official ? ((await hasAuthenticator(ctx.tx, user.id)) ? 'code' : 'enrolment') : null;
    const session = {
      id: newId(),
      tokenHash: digestOf(token),
      userId: user.id,
      actingFor,
      awaitsSecondFactor: owes !== null,
      enrolmentSecret: owes === 'enrolment' ? seal(newTotpSecret()) : null,
      expiresAt: owes === null ? sessionEnd(user.official, now) : secondFactorEnd(now),
    };
    await ctx.tx
      .insert(sessions)
      .values({ ...session, userAgent: input.userAgent?.slice(0, 300) ?? null, createdAt: now, lastSeenAt: now });
    if (input.rehashed) await ctx.tx.update(users).set({ passwordHash: input.rehashed }).where(eq(users.id, user.id));
    const { id, expiresAt } = session;
    return { id, userId: user.id, token, expiresAt, official: user.official, owes } as const;
  },
  audit: ({ subject, result }) => ({ subjectType: 'user', subjectId: subject.id, details: { sessionId: result.id } }),
});

/** For whom an applicant acts at first: as last time, or the first time for the business entered first, if there is one. */
async function actedForLast(ctx: TxContext, userId: string): Promise<string | null> {
  const held = await ctx.tx
    .select({ organisationId: memberships.organisationId })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt), asc(memberships.organisationId));
  const [last] = await ctx.tx
    .select({ actingFor: sessions.actingFor })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(1);
  if (last === undefined) return held[0]?.organisationId ?? null;
  return held.some((each) => each.organisationId === last.actingFor) ? last.actingFor : null;
}
