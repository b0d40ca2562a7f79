import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { requestContext } from '#app/_server/context.ts';
import { readText } from '#app/_server/read-text.ts';
import { problem } from '#app/_ui/problem.ts';
import { AppError } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { parseJson } from '#server/platform/safe-json.ts';
import { appRouter } from '#server/trpc/router.ts';

/** Answers of a whole form have some tens of kilobytes. */
const largestBody = 1_048_576;

/** The calls of pages that poll, filter or draw. Who asks is read from the session; the proxy has refused foreign origins. */
const handle = async (request: Request) => {
  const read = await readBody(request).catch((error: unknown) => problem(error, request));
  return read instanceof Response ? read : answer(read);
};

/** Bodies of calls are small JSON: length, depth and keys are looked at before anything is built from them. */
async function readBody(request: Request): Promise<Request | Response> {
  if (request.method !== 'POST') return request;
  if (!/json/.test(request.headers.get('content-type') ?? '')) return new Response(null, { status: 415 });
  const text = await readText(request, largestBody);
  if (text !== '') parseJson(text, { maxLength: largestBody, maxDepth: 32 });
  return new Request(request.url, { method: 'POST', headers: request.headers, body: text });
}

const answer = (request: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: requestContext,
    maxBatchSize: 10,
    onError: ({ error, path, ctx }) => {
      if (!(error.cause instanceof AppError) && error.code === 'INTERNAL_SERVER_ERROR') {
        log.error('call failed', { path, requestId: ctx?.requestId, error: error.cause ?? error });
      }
    },
  });

export { handle as GET, handle as POST };
