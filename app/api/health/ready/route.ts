import { readiness } from '#server/platform/readiness.ts';

export const dynamic = 'force-dynamic';

/** 200 when requests are welcome; 503 while starting, migrating, draining or without database. */
export async function GET(): Promise<Response> {
  const status = await readiness();
  const headers = { 'cache-control': 'no-store', ...(status === 'ready' ? {} : { 'retry-after': '5' }) };
  return Response.json({ status }, { status: status === 'ready' ? 200 : 503, headers });
}
