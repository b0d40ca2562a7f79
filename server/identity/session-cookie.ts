import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'next-auth/jwt';
import { env } from '#server/platform/env.ts';

/** What a page sets: everything but the value is the same for everybody. */
export interface SessionCookie {
  name: string;
  value: string;
  options: { httpOnly: true; sameSite: 'lax'; secure: boolean; path: '/'; expires: Date };
}

const secure = (): boolean => env().appUrl.startsWith('https:');
/** `__Host-` binds the cookie to this very host and to https. */
export const sessionCookieName = (): string => (secure() ? '__Host-mot-cua-session' : 'mot-cua-session');

let ownSecret: string | undefined;

/** The key of the cookie: `AUTH_SECRET`, or in a demo one made at the first use and kept in the data folder. */
export function authSecret(): string {
  ownSecret ??= env().authSecret ?? keptSecret();
  return ownSecret;
}

function keptSecret(): string {
  const file = join(env().dataDir, 'auth-secret');
  mkdirSync(env().dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8');
}

/** 32 random bytes: all that a cookie or a link says. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** The database knows tokens by their SHA-256 only. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The cookie for a session: an encrypted token that holds the random id and nothing else. */
export async function sessionCookie(token: string, expiresAt: Date, now: Date): Promise<SessionCookie> {
  const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
  return {
    name: sessionCookieName(),
    value: await encode({ token: { sid: token }, secret: authSecret(), maxAge }),
    options: { httpOnly: true, sameSite: 'lax', secure: secure(), path: '/', expires: expiresAt },
  };
}

/** The random id in a cookie; null when it is not one of ours. Whatever else it holds is not looked at. */
export async function tokenIn(cookie: string | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 4096) return null;
  try {
    const sid = (await decode({ token: cookie, secret: authSecret() }))?.sid;
    return typeof sid === 'string' ? sid : null;
  } catch {
    return null;
  }
}
