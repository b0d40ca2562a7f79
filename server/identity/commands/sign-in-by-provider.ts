import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { identityLinks } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { AppError, allow, type Context, command, takeAttempt } from '#server/platform/index.ts';
import { type Client, countAttempt } from '../attempts.ts';
import { authorizationAddress, claimsOf, type ProviderClaims, providerRefused } from '../provider.ts';
import { type ProviderTrip, tripCookie, unknownCookie } from '../provider-cookies.ts';
import { lockUser } from '../records.ts';
import { networkOf, vouchedAt } from '../rules.ts';
import { digestOf, newToken, type SessionCookie, sessionCookie } from '../session-cookie.ts';
import { startSession } from '../start-session.ts';

/**
 * Begins signing in at the other identity provider: where to send the browser, and the cookie that binds the answer to it.
 * @param next where the person wants to go afterwards, as they said it
 * @throws AppError `unavailable` when the provider cannot be reached, `limit`
 */
export async function startAtProvider(
  ctx: Context,
  to: { next: string | null; locale: 'vi' | 'en' },
  client: Client,
): Promise<{ address: string; cookie: SessionCookie }> {
  await countAttempt(ctx, 'provider', networkOf(client.address), client);
  const next = to.next !== null && to.next.length <= 1000 ? to.next : null;
  const at = ctx.now().getTime();
  const trip = { state: newToken(), nonce: newToken(), verifier: newToken(), at, locale: to.locale, next };
  return { address: await authorizationAddress(trip), cookie: await tripCookie(trip, ctx.now()) };
}

/** What an answer of the provider led to: a session, or somebody no account is linked to yet. */
export type ProviderOutcome =
  | { kind: 'known'; cookie: SessionCookie; official: boolean; owes: 'code' | 'enrolment' | null }
  | { kind: 'unknown'; cookie: SessionCookie };

/**
 * Takes the provider's answer: signs the account in that is linked to this issuer and subject. An address counts for
 * nothing here. Officials owe their second factor, unless the provider vouches for one as `OIDC_ACR` demands.
 * @param trip what this browser's cookie holds
 * @throws AppError `invalidInput` provider.errors.refused, `invalidState` provider.errors.declined, `unavailable`, `limit`
 */
export async function signInByProvider(
  ctx: Context,
  trip: ProviderTrip | null,
  answer: URLSearchParams,
  client: Client,
): Promise<ProviderOutcome> {
  await countAttempt(ctx, 'provider', networkOf(client.address), client);
  const heard = await hear(ctx, trip, answer);
  const { acr = [] } = env().oidc ?? {};
  const opened = await openSession(ctx, {
    refusal: heard instanceof AppError ? { code: heard.code, reason: heard.reason } : null,
    identity: heard instanceof AppError ? null : { issuer: heard.issuer, subject: heard.subject },
    vouchedAt: heard instanceof AppError ? null : vouchedAt(heard, acr, ctx.now(), env().stepUpMinutes),
    userAgent: client.userAgent,
  });
  if (heard instanceof AppError) throw heard;
  if (opened === null) {
    const { issuer, subject, email, name } = heard;
    const unknown = { issuer, subject, email, name, at: ctx.now().getTime(), next: trip?.next ?? null };
    return { kind: 'unknown', cookie: await unknownCookie(unknown, ctx.now()) };
  }
  const cookie = await sessionCookie(opened.token, opened.expiresAt, ctx.now());
  return { kind: 'known', cookie, official: opened.official, owes: opened.owes };
}

/** The claims, or why there are none: a refusal is written down like every other. */
async function hear(
  ctx: Context,
  trip: ProviderTrip | null,
  answer: URLSearchParams,
): Promise<ProviderClaims | AppError> {
  try {
    if (trip === null || answer.get('state') !== trip.state) throw providerRefused();
    await spendTrip(ctx, trip);
    return await claimsOf(trip, answer);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Each trip is answered once, whatever the answer. Counted in the window it began in, so that none begins anew. */
async function spendTrip(ctx: Context, trip: ProviderTrip): Promise<void> {
  const key = `identity.provider-trip:${digestOf(trip.state).slice(0, 32)}`;
  await takeAttempt(ctx.db, key, 1, 60 * 60, new Date(trip.at)).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'limit' ? providerRefused() : error;
  });
}

const openSession = command({
  name: 'session.provider',
  input: z.strictObject({
    refusal: z
      .object({ code: z.custom<AppError['code']>((code) => typeof code === 'string'), reason: z.string() })
      .nullable(),
    identity: z.object({ issuer: z.string(), subject: z.string() }).nullable(),
    vouchedAt: z.date().nullable(),
    userAgent: z.string().nullable(),
  }),
  load: async (ctx, { refusal, identity }) => {
    if (refusal !== null) throw new AppError(refusal.code, refusal.reason);
    if (identity === null) throw providerRefused();
    const [link] = await ctx.tx
      .select()
      .from(identityLinks)
      .where(and(eq(identityLinks.issuer, identity.issuer), eq(identityLinks.subject, identity.subject)));
    if (!link) return null;
    const user = await lockUser(ctx, link.userId);
    if (user.disabledAt !== null) throw providerRefused();
    return { link, user };
  },
  allow: () => allow,
  run: async (ctx, input, known) => {
    if (known === null) return null;
    await ctx.tx.update(identityLinks).set({ lastUsedAt: ctx.now() }).where(eq(identityLinks.id, known.link.id));
    return startSession(ctx, known.user, input.userAgent, known.user.official ? input.vouchedAt : null);
  },
  audit: ({ input, subject, result }) => ({
    subjectType: 'user',
    subjectId: subject?.user.id ?? null,
    details: {
      outcome: subject ? 'known' : 'unknown',
      sessionId: result?.id ?? null,
      vouched: input.vouchedAt !== null,
    },
  }),
});
