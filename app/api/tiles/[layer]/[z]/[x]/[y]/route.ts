import { problem } from '#app/_ui/problem.ts';
import { type TilePath, tileResponse } from '#server/map/index.ts';
import { database } from '#server/platform/database.ts';
import { anonymous, newContext, now } from '#server/platform/index.ts';

/** The map is the same for everybody: no cookie is read. */
export async function GET(request: Request, { params }: { params: Promise<TilePath> }): Promise<Response> {
  const ctx = newContext(database(), anonymous, now);
  return tileResponse(ctx, request, await params).catch((error: unknown) => problem(error, request));
}
