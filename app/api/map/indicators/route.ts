import { problem } from '#app/_ui/problem.ts';
import { indicatorsCsv } from '#server/map/index.ts';
import { database } from '#server/platform/database.ts';
import { anonymous, newContext, now } from '#server/platform/index.ts';

/** The table of the indicators as CSV: the same for everybody. */
export const GET = (request: Request): Promise<Response> =>
  indicatorsCsv(newContext(database(), anonymous, now), request).catch((error: unknown) => problem(error, request));
