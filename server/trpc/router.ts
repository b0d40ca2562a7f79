import { createCallerFactory, router } from './init.ts';

/** The table of contents: one router a module. */
export const appRouter = router({});
export type AppRouter = typeof appRouter;

/** Calls the same procedures in process: pages and actions use it. */
export const createCaller = createCallerFactory(appRouter);
