import type { Database } from '#db/client.ts';
import { AppError, anonymous, type Context, newContext, newId, now } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { problem } from './problem.ts';

/** Answers one request of the open interface, or throws an AppError. It reads no cookie: everybody is a stranger here. */
export type ApiHandler<Params = Record<string, string>> = (
  ctx: Context,
  request: Request,
  params: Params,
) => Promise<Response>;

/** The address the web server believes a request came from: it sets the header itself, whatever came from outside. */
export const addressOf = (request: Request): string => request.headers.get('x-forwarded-for') ?? 'unknown';

/** Runs a handler; what it throws becomes a problem document (RFC 9457). Anyone's page may read the answer. */
export async function answer<Params>(
  db: Database,
  request: Request,
  params: Params,
  handler: ApiHandler<Params>,
  clock: () => Date = now,
): Promise<Response> {
  const ctx = newContext(db, anonymous, clock, request.headers.get('x-request-id') ?? newId());
  const response = await handler(ctx, request, params).catch((error: unknown) => {
    if (error instanceof AppError) return problem(request, error);
    log.error('request failed', { requestId: ctx.requestId, error });
    return problem(request, null, ctx.requestId);
  });
  response.headers.set('access-control-allow-origin', '*');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}
