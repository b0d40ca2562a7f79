import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { actorOfRequest } from '#server/identity/index.ts';
import { database } from '#server/platform/database.ts';
import { type Context, newContext, newId, now } from '#server/platform/index.ts';

/** Who asks, once a request. The identity module reads the session's row: nothing in the cookie is believed. */
export const requestContext = cache(async (): Promise<Context> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const db = database();
  const actor = await actorOfRequest(db, (name) => jar.get(name)?.value, now());
  return newContext(db, actor, now, head.get('x-request-id') ?? newId());
});
