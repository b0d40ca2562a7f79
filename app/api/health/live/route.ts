export const dynamic = 'force-dynamic';

/** This process answers. Nothing else is asked: a database that is away is no reason to start it anew. */
export function GET(): Response {
  return Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
}
