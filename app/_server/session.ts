import { cookies, headers } from 'next/headers';
import { type Client, sessionCookieName, signIn, signOut, signOutEverywhere } from '#server/identity/index.ts';
import { requestContext } from './context.ts';

/** Where a request comes from. The web server has cleaned `x-forwarded-for` down to the one address that can be believed. */
export async function clientOfRequest(): Promise<Client> {
  const head = await headers();
  return { address: head.get('x-forwarded-for'), userAgent: head.get('user-agent') };
}

/** Signs in and sets the cookie of the new session. Says whether it is an official. */
export async function enter(input: { email: string; password: string }): Promise<{ official: boolean }> {
  const { cookie, official } = await signIn(await requestContext(), input, await clientOfRequest());
  (await cookies()).set(cookie.name, cookie.value, cookie.options);
  return { official };
}

/** Signs out here or everywhere, and takes the cookie away. For strangers it does nothing. */
export async function leave(where: 'here' | 'everywhere'): Promise<void> {
  const ctx = await requestContext();
  if (ctx.actor.kind === 'person') await (where === 'here' ? signOut : signOutEverywhere)(ctx, {});
  (await cookies()).delete({ name: sessionCookieName(), path: '/', secure: sessionCookieName().startsWith('__Host-') });
}

/** A password of a form exactly as it was typed. */
export function passwordIn(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
