import en from '../../messages/en/fault.json';
import vi from '../../messages/vi/fault.json';

export const dynamic = 'force-dynamic';

/** The page a reverse proxy shows while nothing else answers: static, both languages, without script. */
export function GET(): Response {
  const part = (texts: typeof vi, lang: string, level: string) =>
    `<section lang="${lang}"><p>${texts.unavailable.code}</p><${level}>${texts.unavailable.title}</${level}>` +
    `<p>${texts.unavailable.text}</p><ul><li>${texts.unavailable.first}</li><li>${texts.unavailable.second}</li></ul>` +
    `<p><a href="${texts.homeHref}">${texts.home}</a></p></section>`;
  const page =
    `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>503 · ${vi.name}</title><link rel="stylesheet" href="/errors.css"></head>` +
    `<body><main>${part(vi, 'vi', 'h1')}${part(en, 'en', 'h2')}</main></body></html>`;
  return new Response(page, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '30',
      'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    },
  });
}
