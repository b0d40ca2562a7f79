const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Routes that read no cookie and authenticate otherwise. */
const withoutCookies = /^\/api\/(v1|webhooks|fhir)(\/|$)/;

/**
 * True when a request may change something: it comes from our own pages. Browsers say where a request comes from
 * (Sec-Fetch-Site); older ones at least name the page's origin. What says neither is refused.
 * @param appUrl the address people use, e.g. `https://motcua.example.vn`
 */
export function mayChange(request: { method: string; pathname: string; headers: Headers }, appUrl?: string): boolean {
  if (safe.has(request.method) || withoutCookies.test(request.pathname)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  if (appUrl && new URL(appUrl).origin === origin) return true;
  return new URL(origin).host === request.headers.get('host');
}
