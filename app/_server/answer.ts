import { problem } from '#app/_ui/problem.ts';
import type { Database } from '#db/client.ts';
import type { ApiHandler } from '#server/exchange/index.ts';
import { anonymous, newContext, newId, now } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';

/** Runs a handler of the open interface; what it throws becomes a problem document. Anyone's page may read the answer. */
export async function answer<Params>(
  db: Database,
  request: Request,
  params: Params,
  handler: ApiHandler<Params>,
  clock: () => Date = now,
): Promise<Response> {
  // registers are open in every process of the web server, whatever was asked of it first
  wire();
  const ctx = newContext(db, anonymous, clock, request.headers.get('x-request-id') ?? newId());
  const response = await handler(ctx, request, params).catch((error: unknown) => problem(error, request));
  response.headers.set('access-control-allow-origin', '*');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}
