import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { AppError, type Context } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { withStatus } from './init.ts';
import { appRouter } from './router.ts';

/**
 * Answers one request, or batch, to the procedures.
 * @param context who asks; where the database is away while that is read, the answer is the same 503 as later
 */
export const answerCall = (request: Request, context: () => Promise<Context>): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () =>
      context().catch((error: unknown) => {
        throw withStatus(error);
      }),
    maxBatchSize: 10,
    onError: ({ error, path, ctx }) => {
      if (!(error.cause instanceof AppError) && error.code === 'INTERNAL_SERVER_ERROR') {
        log.error('call failed', { path, requestId: ctx?.requestId, error: error.cause ?? error });
      }
    },
  });
