import type { IncomingMessage, ServerResponse } from 'node:http';
import { staticFaultPage } from '#app/_server/static-fault.ts';
import en from '../../messages/en/errors.json' with { type: 'json' };
import vi from '../../messages/vi/errors.json' with { type: 'json' };

/** What needs no database: the files of the build and of public/, liveness and readiness. */
const withoutDatabase =
  /^\/(_next\/static\/|brand\/|favicon\.(ico|svg)$|robots\.txt$|errors\.css$|unavailable$|api\/health\/(live|ready)$)/;

/** Whether this address is worth asking the application for while the database is away. */
export const needsDatabase = (url: string): boolean => !withoutDatabase.test(url.split('?', 1)[0] ?? '');

/** Seconds after which it is worth asking again. */
const again = '10';

const page = staticFaultPage('unavailable');

/** As the API's own problem documents (RFC 9457); `detail` in both languages, since nobody looks at the request's. */
const problem = JSON.stringify({
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'Dịch vụ tạm ngừng trong chốc lát. Thử lại sau ít phút. · The service is briefly unavailable.',
  reason: 'errors.unavailable',
});

/** What every answer carries that does not come from the application: it needs no script, frame or device. */
const doorHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

const ofPages = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const ofRoutes = [...ofPages, 'PUT', 'PATCH', 'DELETE'];

/** The methods that may mean something at an address: pages are read and sent, routes have their own on top. */
const methodsAt = (url: string | undefined): string[] => (url?.startsWith('/api/') ? ofRoutes : ofPages);

/** Whether a request has a method that its address may take. A route says itself which of them it takes, and answers OPTIONS. */
export const mayTake = ({ method, url }: Pick<IncomingMessage, 'method' | 'url'>): boolean =>
  methodsAt(url).includes(method ?? '') && (method !== 'OPTIONS' || url?.startsWith('/api/') === true);

const notAllowed = JSON.stringify({
  type: 'about:blank',
  title: 'Method Not Allowed',
  status: 405,
  detail: `${vi.method} · ${en.method}`,
  reason: 'errors.method',
});

/** 405 for methods that an address does not take, such as TRACE; OPTIONS is told those it does. Programs send them, never a person. */
export function answerMethod(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete) response.setHeader('connection', 'close');
  response.setHeader('allow', methodsAt(request.url).join(', '));
  if (request.method === 'OPTIONS') response.writeHead(204, doorHeaders).end();
  else
    response
      .writeHead(405, {
        ...doorHeaders,
        'content-type': 'application/problem+json',
        'content-length': Buffer.byteLength(notAllowed),
      })
      .end(notAllowed);
  request.resume();
}

const unreadable = staticFaultPage('address');

/** 400 for an address that cannot be read: links are cut and mangled on their way, so it is a page. */
export function answerUnreadable(response: ServerResponse): void {
  const length = Buffer.byteLength(unreadable);
  response
    .writeHead(400, { ...doorHeaders, 'content-type': 'text/html; charset=utf-8', 'content-length': length })
    .end(unreadable);
}

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
    ...doorHeaders,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  request.resume();
}
