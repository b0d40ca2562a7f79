import { cookies } from 'next/headers';
import { withoutLocale } from '#i18n/locale-path.ts';
import {
  linkIdentity,
  providerLabel,
  signInByProvider,
  signUpByProvider,
  startAtProvider,
  tripCookieName,
  tripIn,
  type UnknownIdentityView,
  unknownCookieName,
  unknownIdentity,
  unknownIn,
} from '#server/identity/index.ts';
import { safePath } from '#server/identity/rules.ts';
import { AppError, now } from '#server/platform/index.ts';
import { requestContext } from './context.ts';
import { clientOfRequest, dropCookie, keepCookie, secondFactorPage } from './session.ts';

/** Signing in at another identity provider: cookies and addresses of the way there and back. */

/** The button of the sign-in page: what it says and where it leads; null when no provider is set. */
export function providerLink(next: string | null, locale: string): { label: string; href: string } | null {
  const label = providerLabel();
  if (label === null) return null;
  return { label, href: `/api/sign-in/start?${new URLSearchParams({ locale, ...(next ? { next } : {}) })}` };
}

/** A page of ours, in a language, with parameters. */
export interface Onwards {
  locale: 'vi' | 'en';
  path: string;
}

/** What the sign-in page says of an answer that let nobody in. */
const noticeOf = (error: unknown): string => {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'unavailable') return 'providerDown';
  if (error.code === 'limit') return 'providerBusy';
  return error.reason === 'provider.errors.declined' ? 'providerDeclined' : 'providerRefused';
};

const signInPage = (notice: string, next: string | null): string =>
  `/sign-in?${new URLSearchParams({ notice, ...(next ? { next } : {}) })}`;

/** Begins the way there: the provider's address, or the page that says why not. */
export async function leaveForProvider(asked: URLSearchParams): Promise<{ address: string } | Onwards> {
  const locale = asked.get('locale') === 'en' ? 'en' : 'vi';
  const next = asked.get('next');
  if (providerLabel() === null) return { locale, path: '/sign-in' };
  try {
    const { address, cookie } = await startAtProvider(
      await requestContext(),
      { next, locale },
      await clientOfRequest(),
    );
    await keepCookie(cookie);
    return { address };
  } catch (error) {
    return { locale, path: signInPage(noticeOf(error), next) };
  }
}

/** Takes the answer: signs in, or leads on to the second factor, to linking, or back to the sign-in page. */
export async function returnFromProvider(answer: URLSearchParams): Promise<Onwards> {
  const jar = await cookies();
  const trip = await tripIn(jar.get(tripCookieName())?.value, now());
  const { locale, next } = trip ?? { locale: 'vi' as const, next: null };
  await dropCookie(tripCookieName());
  try {
    const outcome = await signInByProvider(await requestContext(), trip, answer, await clientOfRequest());
    await keepCookie(outcome.cookie);
    if (outcome.kind === 'unknown') return { locale, path: '/link-account' };
    if (outcome.owes) return { locale, path: secondFactorPage(outcome.owes, next) };
    return { locale, path: withoutLocale(safePath(next, outcome.official ? '/office' : '/my')) };
  } catch (error) {
    return { locale, path: signInPage(noticeOf(error), next) };
  }
}

/** Who waits to be linked in this browser; null when nobody does. */
export async function identityHere(): Promise<UnknownIdentityView | null> {
  const jar = await cookies();
  return unknownIdentity(await requestContext(), (name) => jar.get(name)?.value);
}

async function waitingIdentity() {
  const unknown = await unknownIn((await cookies()).get(unknownCookieName())?.value, now());
  if (unknown === null) throw new AppError('invalidState', 'provider.errors.nothingToLink');
  return unknown;
}

/** Links it to the account signed in here. Says where the person wanted to go. */
export async function linkHere(): Promise<{ next: string | null }> {
  const unknown = await waitingIdentity();
  await linkIdentity(await requestContext(), unknown);
  await dropCookie(unknownCookieName());
  return { next: unknown.next };
}

/** Makes an applicant's account of it and signs in. Says where the person wanted to go. */
export async function registerHere(form: { name: string; locale: 'vi' | 'en' }): Promise<{ next: string | null }> {
  const unknown = await waitingIdentity();
  await keepCookie(await signUpByProvider(await requestContext(), unknown, form, await clientOfRequest()));
  await dropCookie(unknownCookieName());
  return { next: unknown.next };
}
