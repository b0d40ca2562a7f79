import { AppError } from '#server/platform/index.ts';

export interface Turns {
  /** pieces of work at once */
  atOnce: number;
  /** pieces that may wait for their turn */
  mayWait: number;
}

/**
 * Lets so many pieces of expensive work run at once and so many wait, in the order in which they came. What comes beyond
 * that is refused at once: it would only take memory, and its caller's patience.
 * @throws AppError unavailable
 */
export function turns({ atOnce, mayWait }: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= mayWait) throw new AppError('unavailable', 'identity.errors.busy');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
