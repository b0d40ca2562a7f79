import { cookies } from 'next/headers';
import { requestContext } from '#app/_server/context.ts';
import { leftOfSession } from '#server/identity/index.ts';
import { database } from '#server/platform/database.ts';
import { now } from '#server/platform/index.ts';

async function left(): Promise<Response> {
  const jar = await cookies();
  const found = await leftOfSession(database(), (name) => jar.get(name)?.value, now());
  return Response.json(found, { headers: { 'cache-control': 'no-store' } });
}

/** What is left of one's session, in ms, or null. Pages ask by themselves, so it is no sign of life. */
export const GET = left;

/** A sign of life, for who wants to stay; answers what is left then. The end that nothing moves stays where it is. */
export async function POST(): Promise<Response> {
  await requestContext();
  return left();
}
