import type { Context } from '#server/platform/index.ts';

/** Answers one request of the open interface, or throws an AppError. It reads no cookie: everybody is a stranger here. */
export type ApiHandler<Params = Record<string, string>> = (
  ctx: Context,
  request: Request,
  params: Params,
) => Promise<Response>;

/** The address the web server believes a request came from: it sets the header itself, whatever came from outside. */
export const addressOf = (request: Request): string => request.headers.get('x-forwarded-for') ?? 'unknown';
