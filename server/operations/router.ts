import { procedure, router, shape } from '#server/trpc/init.ts';
import { DiscardJob, Nothing, RetryJob } from './inputs.ts';
import { discardJob, parkedJobs, retryJob } from './parked-jobs.ts';

export const operationsRouter = router({
  parkedJobs: procedure.input(shape(Nothing)).query(({ ctx, input }) => parkedJobs(ctx, input)),
  retryJob: procedure.input(shape(RetryJob)).mutation(({ ctx, input }) => retryJob(ctx, input)),
  discardJob: procedure.input(shape(DiscardJob)).mutation(({ ctx, input }) => discardJob(ctx, input)),
});
