import type { NextAuthOptions } from 'next-auth';
import { database } from '#server/platform/database.ts';
import { env } from '#server/platform/env.ts';
import { newContext, now } from '#server/platform/index.ts';
import { signOut } from './commands/sign-out.ts';
import { actorOfToken } from './session.ts';
import { authSecret, secureCookies, sessionCookieName } from './session-cookie.ts';

/**
 * next-auth beside our own pages: it reads our sessions (docs/decisions/0009 says why sign-in elsewhere is ours). Its
 * token is our cookie: the random id of a session row and nothing else, whatever anybody sends to `session.update`.
 */
function options(): NextAuthOptions {
  const secure = secureCookies();
  return {
    secret: authSecret(),
    providers: [],
    session: { strategy: 'jwt' },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure } },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-out', error: '/sign-in' },
    callbacks: {
      jwt: async ({ token }) => ({ sid: token.sid }),
      session: async ({ session, token }) => {
        const actor = typeof token.sid === 'string' ? await actorOfToken(database(), token.sid, now()) : null;
        const user = actor?.kind === 'person' ? { name: actor.name, email: actor.email } : undefined;
        return { expires: session.expires, user };
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid !== 'string') return;
        const actor = await actorOfToken(database(), token.sid, now());
        if (actor.kind === 'person') await signOut(newContext(database(), actor, now), {});
      },
    },
  };
}

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Serves `/api/auth/*`. */
export async function authHandler(request: Request, context: RouteContext): Promise<Response> {
  process.env.NEXTAUTH_URL ??= env().appUrl;
  const { default: NextAuth } = await import('next-auth');
  return NextAuth(options())(request, context);
}
