import { cookies, headers } from 'next/headers';
import {
  cookieNamed,
  forgetForm,
  keepForm,
  keptForm,
  keptMinutes,
  secureCookies,
  sessionCookieName,
} from '#server/identity/index.ts';
import { requestContext } from './context.ts';
import { dropCookie } from './session.ts';

export interface KeptForm {
  name: string;
  values: Record<string, string | string[]>;
}

const cookieName = (): string => cookieNamed('form');

/** The page a request is about, without its query. */
const pageOf = async (): Promise<string> => ((await headers()).get('x-pathname') ?? '/').split('?')[0]!;

/**
 * Keeps a form whose session ended before it arrived; the key goes to the sender's browser alone.
 * @param page where the form stands; left out: the page of the request, which is wrong in a route
 * @returns whether it was kept
 */
export async function keepLateForm(form: KeptForm, page?: string): Promise<boolean> {
  const jar = await cookies();
  const path = page ?? (await pageOf());
  const value = await keepForm(await requestContext(), jar.get(sessionCookieName())?.value, { ...form, path });
  if (value === null) return false;
  jar.set(cookieName(), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: secureCookies(),
    path: '/',
    maxAge: keptMinutes * 60,
  });
  return true;
}

/** What was kept for this page and this person; null for everything else. */
export async function lateForm(): Promise<KeptForm | null> {
  const value = (await cookies()).get(cookieName())?.value;
  return value ? keptForm(await requestContext(), value, await pageOf()) : null;
}

/** A form was sent by somebody who is signed in: what was kept has served its turn. `page` as for `keepLateForm`. */
export async function forgetLateForm(page?: string): Promise<void> {
  const jar = await cookies();
  if (!jar.has(cookieName())) return;
  if (!(await forgetForm(await requestContext(), page ?? (await pageOf())))) return;
  await dropCookie(cookieName());
}
