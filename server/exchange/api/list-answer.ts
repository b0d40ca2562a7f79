import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import {
  AppError,
  type Context,
  entityTag,
  type FieldError,
  notFound,
  notModified,
  parseInput,
} from '#server/platform/index.ts';
import { movedEntry } from '#server/registers/index.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';
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
  const headers = { etag: entityTag(body), 'cache-control': 'public, no-cache' };
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return notModified(request, headers) ?? new Response(body, { headers: { ...headers, ...type } });
}

/** The address of an entry that was merged into another leads on to that one; null: it was not. */
export async function movedOn(ctx: Context, register: RegisterKey, id: string): Promise<Response | null> {
  if (!z.uuid().safeParse(id).success) return notFound();
  const movedTo = await movedEntry(ctx, register, id);
  if (movedTo === null) return null;
  const location = `${env().appUrl}/api/v1/${register}/${movedTo}`;
  return new Response(null, { status: 308, headers: { location, 'cache-control': 'no-cache' } });
}

/** One entry of a register as it stands today; it is asked for by its id and nothing else. */
export const oneToday =
  <Entry>(
    register: RegisterKey,
    get: (ctx: Context, input: { id: string }) => Promise<Entry>,
    resource: (entry: Entry) => object,
  ): ApiHandler<{ id: string }> =>
  async (ctx, request, { id }) => {
    parseInput(z.strictObject({}), onceEach(new URL(request.url).searchParams));
    const moved = await movedOn(ctx, register, id);
    return moved ?? withEtag(request, JSON.stringify(resource(await get(ctx, { id }))));
  };

/** An instant as the open interface writes it: by the clock of Vietnam. */
export const instantText = (at: Date): string =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
