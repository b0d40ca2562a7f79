/** Pure rules about people and sessions. Time comes in as an argument. */

const minute = 60_000;

/** How long a session lives, in minutes: without a sign of life, and in all. */
export const sessionLimits = {
  official: { idle: 30, absolute: 12 * 60 },
  applicant: { idle: 12 * 60, absolute: 30 * 24 * 60 },
} as const;

export const limitsFor = (official: boolean) => (official ? sessionLimits.official : sessionLimits.applicant);

export interface SessionTimes {
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** Whether a session still lets in: not revoked, not past its end, not idle for too long. */
export function isLive(session: SessionTimes, official: boolean, now: Date): boolean {
  if (session.revokedAt !== null || session.expiresAt <= now) return false;
  return now.getTime() - session.lastSeenAt.getTime() < limitsFor(official).idle * minute;
}

/** What is left of a session, in ms: until it ends for want of a sign of life, and until it ends whatever one does. */
export interface SessionLeft {
  idle: number;
  whole: number;
}

export const sessionLeft = (session: SessionTimes, official: boolean, now: Date): SessionLeft => ({
  idle: session.lastSeenAt.getTime() + limitsFor(official).idle * minute - now.getTime(),
  whole: session.expiresAt.getTime() - now.getTime(),
});

/** The sign of life is written down at most once a minute. */
export const needsTouch = (lastSeenAt: Date, now: Date): boolean => now.getTime() - lastSeenAt.getTime() >= minute;

export const sessionEnd = (official: boolean, now: Date): Date =>
  new Date(now.getTime() + limitsFor(official).absolute * minute);

/** How long a session waits for its second factor. */
export const secondFactorEnd = (now: Date): Date => new Date(now.getTime() + 15 * minute);

/** How long a passkey may be asked for. */
export const passkeyChallengeEnd = (now: Date): Date => new Date(now.getTime() + 5 * minute);

/** Whether a second factor given at `at` still counts for decisions. */
export const isFresh = (at: Date | null, now: Date, minutes: number): boolean =>
  at !== null && now.getTime() - at.getTime() < minutes * minute;

/** Six digits are a code of an authenticator; anything else is taken for a backup code. */
export const isTotpCode = (text: string): boolean => /^\d{6}$/.test(text);

/** A backup code as it is kept: without spaces and dashes, in capitals. */
export const canonicalBackupCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** How long a link sent by e-mail works, in minutes. */
export const tokenLifetimes = {
  'confirm-email': 48 * 60,
  'reset-password': 60,
  invitation: 7 * 24 * 60,
} as const;
export type TokenPurpose = keyof typeof tokenLifetimes;

export const tokenEnd = (purpose: TokenPurpose, now: Date): Date =>
  new Date(now.getTime() + tokenLifetimes[purpose] * minute);

/** Addresses are compared in one form: NFKC (so that ＠ is @), lower case, without space around. */
export const canonicalEmail = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Numbers as people write them, with spaces, dots and dashes, down to their digits. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[\s.\-–()]/g, '');

/** A Vietnamese telephone number from any usual way of writing it: `0` and nine or ten digits; else null. */
export function canonicalPhone(text: string): string | null {
  const digits = digitsOf(text).replace(/^(\+84|0084)/, '0');
  return /^0\d{9,10}$/.test(digits) ? digits : null;
}

/** A tax code's 10 or 13 digits (Circular 105/2020/TT-BTC); else null. */
export function canonicalTaxCode(text: string): string | null {
  const digits = digitsOf(text);
  return /^(\d{10}|\d{13})$/.test(digits) ? digits : null;
}

/** As it is printed: a branch's three digits stand behind a dash. */
export const formatTaxCode = (digits: string): string =>
  digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits;

/**
 * Where to go after signing in: a path of this site. Anything that a browser could take for another site, and
 * the pages of signing in themselves, give `fallback`.
 */
export function safePath(next: string | null | undefined, fallback: string): string {
  // control characters and backslashes are taken for slashes or left out by browsers
  if (!next || !/^\/(?!\/)[^\\\p{Cc}\p{Zs}]*$/u.test(next)) return fallback;
  const base = 'http://site.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return fallback;
  if (/^\/(en\/)?(sign-in|sign-up|sign-out|api)(\/|$)/.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}

/** What attempts from one place are counted under: an IPv4 address, or the /64 of an IPv6 one, which one customer holds whole. */
export function networkOf(address: string | null): string {
  if (address === null || address === '') return 'unknown';
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** A path in the language of the person it is sent to; Vietnamese has no prefix. */
export const localised = (locale: 'vi' | 'en', path: string): string => (locale === 'en' ? `/en${path}` : path);

const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bcoc_coc_browser\//, 'Cốc Cốc'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** A browser and its system as people call them, e.g. `Chrome, Windows`; null when the header tells neither. */
export function deviceName(userAgent: string | null): string | null {
  const found = [browsers, systems].map((list) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]);
  return found.filter((name) => name !== undefined).join(', ') || null;
}

/**
 * When a second factor was given at another provider, if its word counts for one: a level of `accepted`, reached as
 * recently as one given here would have to be. Its clock may be a minute fast. Else null.
 */
export function vouchedAt(
  claims: { acr: string | null; authenticatedAt: Date | null },
  accepted: readonly string[],
  now: Date,
  minutes: number,
): Date | null {
  const { acr, authenticatedAt: at } = claims;
  if (acr === null || at === null || !accepted.includes(acr)) return null;
  if (!isFresh(at, now, minutes) || at.getTime() - now.getTime() > minute) return null;
  return at < now ? at : now;
}
