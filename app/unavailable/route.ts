import { staticFault, staticFaultTitle } from '#app/_server/static-fault.ts';

export const dynamic = 'force-dynamic';

/** The page a reverse proxy shows while nothing else answers: static, both languages, without script. */
export function GET(): Response {
  const page =
    `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${staticFaultTitle('unavailable')}</title><link rel="stylesheet" href="/errors.css"></head>` +
    `<body>${staticFault('unavailable')}</body></html>`;
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
