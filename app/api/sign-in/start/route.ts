import { leaveForProvider } from '#app/_server/provider.ts';
import { seeOther } from '#app/_server/see-other.ts';

/** Sends the browser to the other identity provider. A link, not a form: `form-action 'self'` would stop a form's redirect. */
export async function GET(request: Request): Promise<Response> {
  const to = await leaveForProvider(new URL(request.url).searchParams);
  if ('path' in to) return seeOther(to.locale, to.path);
  return new Response(null, {
    status: 303,
    headers: { location: to.address, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}
