import { type AppError, type ErrorCode, errorTable } from '#server/platform/errors.ts';
import en from '../../messages/en/exchange.json' with { type: 'json' };
import vi from '../../messages/vi/exchange.json' with { type: 'json' };

/** English where the caller prefers it to Vietnamese, else Vietnamese. */
export function languageOf(request: Request): 'vi' | 'en' {
  const first = /\b(vi|en)\b/i.exec(request.headers.get('accept-language') ?? '');
  return first?.[1]?.toLowerCase() === 'en' ? 'en' : 'vi';
}

/**
 * A problem document (RFC 9457). `reason` is the machine's word for it, `fields` names each wrong input.
 * `error` null: unexpected; the incident's number is all that leaves.
 */
export function problem(request: Request, error: AppError | null, incident?: string): Response {
  const language = languageOf(request);
  const words = (language === 'en' ? en : vi).problems;
  const kind: ErrorCode | 'unexpected' = error?.code ?? 'unexpected';
  const status = error ? errorTable[error.code].http : 500;
  const minutes = error?.details.values?.minutes;
  const body = {
    type: 'about:blank',
    title: words[kind],
    status,
    reason: error?.reason ?? 'errors.unexpected',
    ...(error?.details.fields ? { fields: error.details.fields } : {}),
    ...(error?.details.values ? { values: error.details.values } : {}),
    ...(incident ? { incident } : {}),
  };
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-store',
  };
  if (typeof minutes === 'number') headers['retry-after'] = String(minutes * 60);
  return new Response(JSON.stringify(body), { status, headers });
}
