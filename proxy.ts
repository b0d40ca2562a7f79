import { type NextRequest, NextResponse } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { contentSecurityPolicy } from '#app/_server/content-security.ts';
import { mayChange } from '#app/_server/origin-check.ts';
import { withoutLocale } from '#i18n/locale-path.ts';
import { routing } from '#i18n/routing.ts';

const localise = createMiddleware(routing);

/**
 * Runs before every request: language, Content-Security-Policy with a nonce, refusal of foreign writes. It locks
 * nothing: who may see what is decided by each query and command.
 */
export default function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const { method, headers } = request;
  headers.delete('x-middleware-subrequest');
  if (!mayChange({ method, pathname, headers }, process.env.APP_URL)) return refusal();

  if (pathname === '/unavailable') return NextResponse.next();
  const api = pathname === '/api' || pathname.startsWith('/api/');
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy(nonce, withoutLocale(pathname), {
    https: process.env.APP_URL?.startsWith('https:') ?? false,
    dev: process.env.NODE_ENV === 'development',
  });
  headers.set('x-nonce', nonce);
  headers.set('x-pathname', `${pathname}${search}`);
  headers.set('content-security-policy', policy);
  const response = api ? NextResponse.next({ request: { headers } }) : localise(request);
  response.headers.set(
    'Content-Security-Policy',
    api ? "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" : policy,
  );
  if (!api) response.headers.set('Cache-Control', 'no-store');
  return response;
}

function refusal(): NextResponse {
  return NextResponse.json(
    { type: 'about:blank', title: 'Forbidden', status: 403, reason: 'errors.foreignOrigin' },
    {
      status: 403,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      },
    },
  );
}

export const config = {
  // everything but the build's own files and those of public/
  matcher: ['/((?!_next/static/|brand/|maplibre/|favicon\\.ico$|favicon\\.svg$|robots\\.txt$|errors\\.css$).*)'],
};
