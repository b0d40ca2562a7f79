import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, type Context, type FieldError, notFound, parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';

/** A page or its size, as an address writes it. */
export const whole = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** A criterion given twice is a mistake of the caller, not a choice of ours. */
export function onceEach(params: URLSearchParams): Record<string, string> {
  const fields: FieldError[] = [];
  for (const name of new Set(params.keys())) {
    if (params.getAll(name).length > 1) fields.push({ path: name, reason: 'exchange.errors.once' });
  }
  if (fields.length > 0) throw new AppError('invalidInput', 'errors.invalidInput', { fields });
  return Object.fromEntries(params);
}

/** A list as JSON that says whether it changed: the tag follows from what is in it. */
export function withEtag(request: Request, body: string): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { etag, 'cache-control': 'public, no-cache' };
  if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } });
}

/** One entry of a register as it stands today; it is asked for by its id and nothing else. */
export const oneToday =
  <Entry>(
    get: (ctx: Context, input: { id: string }) => Promise<Entry>,
    resource: (entry: Entry) => object,
  ): ApiHandler<{ id: string }> =>
  async (ctx, request, { id }) => {
    parseInput(z.strictObject({}), onceEach(new URL(request.url).searchParams));
    if (!z.uuid().safeParse(id).success) notFound();
    return withEtag(request, JSON.stringify(resource(await get(ctx, { id }))));
  };

/** An instant as the open interface writes it: by the clock of Vietnam. */
export const instantText = (at: Date): string =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
