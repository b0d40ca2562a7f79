import { createTranslator } from 'next-intl';
import { messagesOf } from '#i18n/messages.ts';
import type { Locale } from '#i18n/routing.ts';
import { type AppError, appErrorIn, errorTable } from '#server/platform/errors.ts';
import { log } from '#server/platform/log.ts';

/** The language of a request without page: what the caller prefers of the two, Vietnamese otherwise. */
export function localeOfRequest(request: Request): Locale {
  const asked = request.headers.get('accept-language')?.toLowerCase() ?? '';
  const page = request.headers.get('referer') ?? '';
  if (URL.canParse(page)) return /^\/en(\/|$)/.test(new URL(page).pathname) ? 'en' : 'vi';
  const english = asked.indexOf('en');
  const vietnamese = asked.indexOf('vi');
  return english >= 0 && (vietnamese < 0 || english < vietnamese) ? 'en' : 'vi';
}

/**
 * The answer of a route handler to what was thrown: an RFC 9457 problem with `reason` and, for input, `fields`.
 * Anything unexpected is a 500 with the request's id and no detail.
 */
export function problem(error: unknown, request: Request): Response {
  const known = appErrorIn(error) ?? unexpected(error, request);
  const status = known.code === 'unexpected' ? 500 : errorTable[known.code].http;
  const locale = localeOfRequest(request);
  const t = createTranslator({ locale, messages: messagesOf(locale), timeZone: 'Asia/Ho_Chi_Minh' });
  const say = (reason: string, values?: Record<string, string | number>) =>
    t.has(reason as never) ? t(reason as never, values as never) : t('errors.invalid' as never);
  const fields = known.details.fields?.map((field) => ({ ...field, detail: say(field.reason, field.values) }));
  const body = {
    type: 'about:blank',
    title: say(`errors.title.${known.code}`),
    status,
    detail: say(known.reason, known.details.values),
    reason: known.reason,
    ...(fields ? { fields } : {}),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  headers.set('content-language', locale);
  if (known.code === 'limit' || known.code === 'unavailable') headers.set('retry-after', '30');
  return new Response(JSON.stringify(body), { status, headers });
}

function unexpected(error: unknown, request: Request): Pick<AppError, 'reason' | 'details'> & { code: 'unexpected' } {
  const id = request.headers.get('x-request-id') ?? crypto.randomUUID();
  log.error('a route failed', { error, requestId: id });
  return { code: 'unexpected', reason: 'errors.unexpected', details: { values: { id } } };
}
