import type { IncomingMessage, ServerResponse } from 'node:http';
import { staticFault, staticFaultTitle } from '#app/_server/static-fault.ts';

/** What needs no database: the files of the build and of public/, liveness and readiness. */
const withoutDatabase =
  /^\/(_next\/static\/|brand\/|favicon\.(ico|svg)$|robots\.txt$|errors\.css$|unavailable$|api\/health\/(live|ready)$)/;

/** Whether this address is worth asking the application for while the database is away. */
export const needsDatabase = (url: string): boolean => !withoutDatabase.test(url.split('?', 1)[0] ?? '');

/** Seconds after which it is worth asking again. */
const again = '10';

const page =
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${staticFaultTitle('unavailable')}</title><link rel="stylesheet" href="/errors.css"></head>` +
  `<body>${staticFault('unavailable')}</body></html>`;

/** As the API's own problem documents (RFC 9457); `detail` in both languages, since nobody looks at the request's. */
const problem = JSON.stringify({
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'Dịch vụ tạm ngừng trong chốc lát. Thử lại sau ít phút. · The service is briefly unavailable.',
  reason: 'errors.unavailable',
});

/** 503 without asking anybody: a page for people, a problem document for programs, a state for the balancer. */
export function answerUnavailable(request: IncomingMessage, response: ServerResponse, status: string): void {
  const path = request.url?.split('?', 1)[0] ?? '/';
  const [type, body] = path.startsWith('/api/health/')
    ? ['application/json', JSON.stringify({ status })]
    : path.startsWith('/api/')
      ? ['application/problem+json', problem]
      : ['text/html; charset=utf-8', page];
  // what is still being uploaded is not waited for
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(503, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'retry-after': again,
    'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  request.resume();
}
