import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { localePath } from '#i18n/locale-path.ts';
import {
  type Client,
  confirmEnrolment,
  deviceCookieName,
  giveCode,
  givePasskey,
  type SessionCookie,
  type SessionRef,
  sessionCookieName,
  signIn,
  signOut,
  signOutEverywhere,
  unknownCookieName,
  type WaitingView,
  waitingSession,
} from '#server/identity/index.ts';
import { AppError } from '#server/platform/errors.ts';
import { caller } from './caller.ts';
import { requestContext } from './context.ts';

/** Where a request comes from. The web server has cleaned `x-forwarded-for` down to the one address that can be believed. */
export async function clientOfRequest(): Promise<Client> {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  return {
    address: head.get('x-forwarded-for'),
    userAgent: head.get('user-agent'),
    device: jar.get(deviceCookieName())?.value ?? null,
  };
}

export async function keepCookie(cookie: SessionCookie): Promise<void> {
  (await cookies()).set(cookie.name, cookie.value, cookie.options);
}

export async function dropCookie(name: string): Promise<void> {
  (await cookies()).delete({ name, path: '/', secure: name.startsWith('__Host-') });
}

/** Signs in and sets the cookie of the new session. Says whether it is an official, and what is owed before they are in. */
export async function enter(input: {
  email: string;
  password: string;
}): Promise<{ official: boolean; owes: 'code' | 'enrolment' | null }> {
  const { cookie, device, official, owes } = await signIn(await requestContext(), input, await clientOfRequest());
  await keepCookie(cookie);
  if (device) await keepCookie(device);
  return { official, owes };
}

/** Who gave the right password here and owes the second factor; null when nobody does. */
export async function waiting(): Promise<WaitingView | null> {
  const jar = await cookies();
  return waitingSession(await requestContext(), (name) => jar.get(name)?.value);
}

/** The page of the second factor that this session is at, with the way on. */
export const secondFactorPage = (owes: 'code' | 'enrolment', next: string | null): string =>
  `/sign-in/${owes === 'code' ? 'code' : 'authenticator'}${next ? `?next=${encodeURIComponent(next)}` : ''}`;

/** For the pages of signing in: who is in the middle of it goes on where they are; others begin anew. */
export async function waitingAt(owes: 'code' | 'enrolment', next: string | null): Promise<WaitingView> {
  const found = await waiting();
  const locale = await getLocale();
  const to = (path: string): never => redirect(localePath(locale, path));
  if (found === null) return to(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');
  if (owes === 'code' && found.enrolment) return to(secondFactorPage('enrolment', next));
  if (owes === 'enrolment' && !found.enrolment) return to(secondFactorPage('code', next));
  return found;
}

/** The session of this request, open or waiting. */
export async function sessionHere(): Promise<SessionRef | null> {
  const { actor } = await requestContext();
  return actor.kind === 'person' ? { sessionId: actor.sessionId, userId: actor.userId } : waiting();
}

/** Gives the second factor by a code, at sign-in or later. The cookie is replaced. Null when the session has ended. */
export async function enterCode(otp: string): Promise<{ by: 'authenticator' | 'backupCode' } | null> {
  const session = await sessionHere();
  if (session === null) return null;
  const { cookie, by } = await giveCode(await requestContext(), session, { otp }, await clientOfRequest());
  await keepCookie(cookie);
  return { by };
}

/** The answer of a passkey as the browser sent it; what is no JSON is no answer of ours. */
export function readPasskey(answer: string): Parameters<typeof givePasskey>[2] {
  try {
    return JSON.parse(answer);
  } catch {
    throw new AppError('invalidInput', 'security.errors.wrongPasskey');
  }
}

/** Signs in by a passkey (`session` null), or gives it as the second factor of a session. The cookie is replaced. */
export async function enterPasskey(answer: string, session: SessionRef | null): Promise<{ official: boolean }> {
  const ctx = await requestContext();
  const { cookie, official } = await givePasskey(ctx, session, readPasskey(answer), await clientOfRequest());
  await keepCookie(cookie);
  return { official };
}

/** Whether whoever is signed in here has a passkey to step up with. */
export async function hasPasskey(): Promise<boolean> {
  const { actor } = await requestContext();
  if (actor.kind !== 'person' || !actor.official) return false;
  return (await (await caller()).identity.mySecondFactor({})).passkeys.length > 0;
}

/** Confirms the authenticator being set up. The cookie is replaced. Null when the session has ended. */
export async function enrol(otp: string): Promise<{ official: boolean } | null> {
  const session = await sessionHere();
  if (session === null) return null;
  const { cookie, official } = await confirmEnrolment(
    await requestContext(),
    session,
    { otp },
    await clientOfRequest(),
  );
  await keepCookie(cookie);
  return { official };
}

/** Signs out here or everywhere, and takes the cookie away. For strangers it does nothing. */
export async function leave(where: 'here' | 'everywhere'): Promise<void> {
  const ctx = await requestContext();
  if (ctx.actor.kind === 'person') await (where === 'here' ? signOut : signOutEverywhere)(ctx, {});
  await dropCookie(sessionCookieName());
  // the next person at this screen is not told who waited to be linked
  await dropCookie(unknownCookieName());
}

/** A password of a form exactly as it was typed. */
export function passwordIn(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
