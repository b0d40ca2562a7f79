import { localePath } from '#i18n/locale-path.ts';

/** 303 to a page of ours in the reader's language: the answer to a form that was posted to a route. */
export function seeOther(locale: string, path: string, parameters: Record<string, string> = {}): Response {
  const query = new URLSearchParams(parameters).toString();
  const location = localePath(locale, query ? `${path}?${query}` : path);
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
