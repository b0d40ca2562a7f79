import { encode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import { authSecret, cookieNamed, openCookie, type SessionCookie, secureCookies } from './session-cookie.ts';

/**
 * Two encrypted, short-lived cookies of signing in at another identity provider. They let nobody in: the first binds
 * the answer to the browser that asked for it, the second keeps who somebody said to be there until it is linked.
 */

/** A way to the provider and back. */
export const ProviderTrip = z.object({
  state: z.string(),
  nonce: z.string(),
  /** PKCE (RFC 7636) */
  verifier: z.string(),
  /** when it began, milliseconds */
  at: z.number(),
  locale: z.enum(['vi', 'en']),
  next: z.string().nullable(),
});
export type ProviderTrip = z.output<typeof ProviderTrip>;

/** Who somebody is at the provider, not linked to an account yet. */
export const UnknownIdentity = z.object({
  issuer: z.string(),
  subject: z.string(),
  /** only what the provider says is verified */
  email: z.string().nullable(),
  name: z.string().nullable(),
  /** when the provider said so, milliseconds */
  at: z.number(),
  next: z.string().nullable(),
});
export type UnknownIdentity = z.output<typeof UnknownIdentity>;

const tripSeconds = 10 * 60;
const unknownSeconds = 20 * 60;

export const tripCookieName = (): string => cookieNamed('trip');
export const unknownCookieName = (): string => cookieNamed('unknown');

async function cookieOf(name: string, token: Record<string, unknown>, seconds: number, now: Date) {
  return {
    name,
    value: await encode({ token, secret: authSecret(), maxAge: seconds }),
    options: {
      httpOnly: true as const,
      // the way back from the provider is a link from another site
      sameSite: 'lax' as const,
      secure: secureCookies(),
      path: '/' as const,
      expires: new Date(now.getTime() + seconds * 1000),
    },
  } satisfies SessionCookie;
}

export const tripCookie = (trip: ProviderTrip, now: Date): Promise<SessionCookie> =>
  cookieOf(tripCookieName(), { trip }, tripSeconds, now);

export const unknownCookie = (unknown: UnknownIdentity, now: Date): Promise<SessionCookie> =>
  cookieOf(unknownCookieName(), { unknown }, unknownSeconds, now);

async function held<T extends { at: number }>(
  cookie: string | undefined,
  key: string,
  schema: z.ZodType<T>,
  seconds: number,
  now: Date,
): Promise<T | null> {
  if (!cookie || cookie.length > 4096) return null;
  const parsed = schema.safeParse((await openCookie(cookie))?.[key]);
  return parsed.success && now.getTime() - parsed.data.at < seconds * 1000 ? parsed.data : null;
}

/** The trip a cookie holds; null when it is none of ours, or too old. */
export const tripIn = (cookie: string | undefined, now: Date): Promise<ProviderTrip | null> =>
  held(cookie, 'trip', ProviderTrip, tripSeconds, now);

/** Who a cookie says waits to be linked; null when it is none of ours, too old, or of a provider that is no longer set. */
export async function unknownIn(cookie: string | undefined, now: Date): Promise<UnknownIdentity | null> {
  const unknown = await held(cookie, 'unknown', UnknownIdentity, unknownSeconds, now);
  return unknown?.issuer === env().oidc?.issuer ? unknown : null;
}
