import { setInterval } from 'node:timers';

/**
 * Aborted by the first Ctrl-C, SIGTERM or SIGHUP, and when the npm or the process that runs this script is gone. Later signals change
 * nothing: a terminal sends Ctrl-C to the wrapper and to this process at once.
 */
export function onStopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  if (process.channel) process.once('disconnect', () => controller.abort());
  else if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) controller.abort();
    }, 250).unref();
  }
  return controller.signal;
}

/** Resolves once the signal is aborted. */
export function whenAborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((done) => signal.addEventListener('abort', () => done(undefined), { once: true }));
}
