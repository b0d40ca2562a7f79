import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { identityLinks, sessions, users } from '#db/schema/identity.ts';
import {
  AppError,
  allow,
  type Context,
  command,
  freshAssurance,
  line,
  newId,
  parseInput,
  type TxContext,
} from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { Email, Locale } from '../inputs.ts';
import { signedIn } from '../policy.ts';
import type { UnknownIdentity } from '../provider-cookies.ts';
import { findUserByEmail, lockUser } from '../records.ts';
import { tellOwner } from '../second-factor.ts';
import { type SessionCookie, sessionCookie } from '../session-cookie.ts';
import { startSession } from '../start-session.ts';

/** An identity at another provider and an account here come together: linked to an old one, or with a new one. */

const Identity = z.strictObject({ issuer: z.string().min(1), subject: z.string().min(1) });

/** Whoever was at the provider first and then signed in here anew: an account left open by somebody else is not taken. */
const signInAgain = (): AppError => new AppError('invalidState', 'provider.errors.signInAgain');
const linkedElsewhere = (): AppError => new AppError('conflict', 'provider.errors.linkedElsewhere');

/**
 * Links the identity to the account of the open session, which must have been opened after the provider's answer.
 * @throws AppError `invalidState` provider.errors.signInAgain, `conflict` provider.errors.linkedElsewhere
 */
export const linkIdentity = (ctx: Context, unknown: UnknownIdentity): Promise<void> =>
  link(ctx, { issuer: unknown.issuer, subject: unknown.subject, at: new Date(unknown.at).toISOString() });

const link = command({
  name: 'identity.link',
  input: z.strictObject({ ...Identity.shape, at: z.iso.datetime() }),
  load: async (ctx, input) => {
    if (ctx.actor.kind !== 'person') return null;
    const user = await lockUser(ctx, ctx.actor.userId);
    const [session] = await ctx.tx.select().from(sessions).where(eq(sessions.id, ctx.actor.sessionId));
    if (!session || session.createdAt < new Date(input.at)) throw signInAgain();
    return user;
  },
  allow: (actor) => freshAssurance(actor, signedIn(actor)),
  run: async (ctx, input, user) => {
    if (user === null) return;
    if (await addLink(ctx, user.id, input)) await tellOwner(ctx, user, 'identity-linked');
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject?.id ?? null }),
});

/** False when it was there already. */
async function addLink(
  ctx: TxContext,
  userId: string,
  { issuer, subject }: z.output<typeof Identity>,
): Promise<boolean> {
  const made = await ctx.tx
    .insert(identityLinks)
    .values({ id: newId(), userId, issuer, subject, createdAt: ctx.now(), lastUsedAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: identityLinks.id });
  if (made.length === 1) return true;
  const [known] = await ctx.tx
    .select({ userId: identityLinks.userId })
    .from(identityLinks)
    .where(and(eq(identityLinks.issuer, issuer), eq(identityLinks.subject, subject)));
  if (known?.userId !== userId) throw linkedElsewhere();
  return false;
}

/** The name comes from a form, everything else from the provider. */
export const ProviderSignUp = z.strictObject({ name: line(100), locale: Locale });

/**
 * Makes an applicant's account of an identity whose verified address no account has, and signs it in.
 * @throws AppError `invalidState` provider.errors.noEmail, `conflict` provider.errors.emailTaken, `limit`
 */
export async function signUpByProvider(
  ctx: Context,
  unknown: UnknownIdentity,
  raw: z.input<typeof ProviderSignUp>,
  client: Client,
): Promise<SessionCookie> {
  const { name, locale } = parseInput(ProviderSignUp, raw);
  if (unknown.email === null) throw new AppError('invalidState', 'provider.errors.noEmail');
  await countAttempt(ctx, 'sign-up', unknown.email, client);
  const { issuer, subject, email } = unknown;
  const opened = await register(ctx, { issuer, subject, email, name, locale, userAgent: client.userAgent });
  return sessionCookie(opened.token, opened.expiresAt, ctx.now());
}

const emailTaken = (): AppError => new AppError('conflict', 'provider.errors.emailTaken');

const register = command({
  name: 'user.sign-up-by-provider',
  input: z.strictObject({
    ...Identity.shape,
    ...ProviderSignUp.shape,
    email: Email,
    userAgent: z.string().nullable(),
  }),
  load: async (ctx, input) => {
    // also one that nobody confirmed: its owner sets a password by mail, nobody is let in by the address alone
    if ((await findUserByEmail(ctx.tx, input.email)) !== null) throw emailTaken();
    return null;
  },
  allow: () => allow,
  run: async (ctx, input) => {
    const [user] = await ctx.tx
      .insert(users)
      .values({
        id: newId(),
        email: input.email,
        name: input.name,
        locale: input.locale,
        emailConfirmedAt: ctx.now(),
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (!user) throw emailTaken();
    await addLink(ctx, user.id, input);
    return startSession(ctx, user, input.userAgent, null);
  },
  audit: ({ result }) => ({ subjectType: 'user', subjectId: result.userId, details: { sessionId: result.id } }),
});
