import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { requestContext } from '#app/_server/context.ts';
import { AppError } from '#server/platform/index.ts';
import { log } from '#server/platform/log.ts';
import { appRouter } from '#server/trpc/router.ts';

/** The calls of pages that poll, filter or draw. Who asks is read from the session; the proxy has refused foreign origins. */
const handle = (request: Request) =>
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
