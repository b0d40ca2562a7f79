import { createHash, randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { env } from '#server/platform/env.ts';

/** What a page sets: everything but the value is the same for everybody. */
export interface SessionCookie {
  name: string;
  value: string;
  options: { httpOnly: true; sameSite: 'lax'; secure: boolean; path: '/'; expires: Date };
}

/** Whether the browser may send our cookies over https alone. */
export const secureCookies = (): boolean => env().appUrl.startsWith('https:');
/** The name of a cookie of ours. `__Host-` binds it to this very host and to https. */
export const cookieNamed = (name: string): string => `${secureCookies() ? '__Host-' : ''}mot-cua-${name}`;
export const sessionCookieName = (): string => cookieNamed('session');

/**
 * The keys of cookies and of what is kept encrypted, the newest first: `AUTH_SECRET`, which `npm start` makes once for a
 * demo and hands to every process, and those it replaced. New things are made with the newest; any of them opens.
 */
export function authSecrets(): [string, ...string[]] {
  const secret = env().authSecret;
  if (secret === undefined) throw new Error('AUTH_SECRET is not set');
  return [secret, ...env().formerAuthSecrets];
}

export const authSecret = (): string => authSecrets()[0];

/** 32 random bytes: all that a cookie or a link says. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** The database knows tokens by their SHA-256 only. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const lateDay = 86_400_000;

/** The cookie for a session: an encrypted token that holds the random id and nothing else. */
export async function sessionCookie(token: string, expiresAt: Date, now: Date): Promise<SessionCookie> {
  // the row decides when a session ends; a cookie that is there a day longer says whose late form this is
  const until = new Date(expiresAt.getTime() + lateDay);
  const maxAge = Math.max(1, Math.floor((until.getTime() - now.getTime()) / 1000));
  return {
    name: sessionCookieName(),
    value: await encode({ token: { sid: token }, secret: authSecret(), maxAge }),
    options: { httpOnly: true, sameSite: 'lax', secure: secureCookies(), path: '/', expires: until },
  };
}

/** The random id in a cookie; null when it is not one of ours. Whatever else it holds is not looked at. */
export async function tokenIn(cookie: string | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 4096) return null;
  const sid = (await openCookie(cookie))?.sid;
  return typeof sid === 'string' ? sid : null;
}

export const deviceCookieName = (): string => cookieNamed('device');
const deviceDays = 180;

/**
 * Says that somebody has signed in to an account on this device before, or held its mailbox. It lets nobody in: only
 * their failures are counted apart, so that others who fail on purpose cannot keep the owner out.
 */
export async function deviceCookie(account: string, now: Date): Promise<SessionCookie> {
  const maxAge = deviceDays * 24 * 60 * 60;
  return {
    name: deviceCookieName(),
    value: await encode({ token: { device: newToken(), account: digestOf(account) }, secret: authSecret(), maxAge }),
    options: {
      httpOnly: true,
      sameSite: 'lax',
      secure: secureCookies(),
      path: '/',
      expires: new Date(now.getTime() + maxAge * 1000),
    },
  };
}

/** The random name of a device known to an account; null for others. */
export async function deviceKnownTo(account: string, cookie: string | null | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 4096) return null;
  const held = await openCookie(cookie);
  return held?.account === digestOf(account) && typeof held.device === 'string' ? held.device : null;
}

/** What a cookie of ours holds, made with any of the secrets; null for all others. */
export async function openCookie(cookie: string): Promise<Record<string, unknown> | null> {
  for (const secret of authSecrets()) {
    try {
      return await decode({ token: cookie, secret });
    } catch {
      // made with another secret, forged, or past its end
    }
  }
  return null;
}
