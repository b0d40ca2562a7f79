import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbedded, runningServer } from '#db/embedded/index.ts';
import { longestPause, type Supervised, shortestPause, wellAfter } from './child.ts';

/** ms between two looks at a server that is well. */
const look = 500;

/**
 * Starts the embedded Postgres again when it dies without being stopped: killed for its memory, or ended by itself on a full
 * disk. It tries until it succeeds, with growing pauses; meanwhile the web servers answer 503.
 * @param url the address everybody was given @param folder the cluster's data @param archive where its WAL goes
 */
export function keepDatabase(
  dataDir: string,
  { url, folder, archive }: { url: string; folder: string; archive?: string | undefined },
  say: (line: string) => void,
): Supervised {
  const end = new AbortController();
  const rest = (ms: number) => sleep(ms, undefined, { signal: end.signal }).catch(() => {});
  const startAgain = async (): Promise<string | undefined> => {
    const again = await openEmbedded(dataDir, say, archive);
    return again.url === url
      ? undefined
      : 'Postgres came back at another port: its own is taken. Start everything again.';
  };
  const run = async (): Promise<string | undefined> => {
    let pause = shortestPause;
    let startedAt = Date.now();
    for (; ; await rest(look)) {
      if (end.signal.aborted) return undefined;
      if (runningServer(folder)) continue;
      if (Date.now() - startedAt > wellAfter) pause = shortestPause;
      say(`Postgres ended unexpectedly; starting it again in ${pause / 1000} s`);
      await rest(pause);
      pause = Math.min(pause * 2, longestPause);
      if (end.signal.aborted) return undefined;
      startedAt = Date.now();
      try {
        const reason = await startAgain();
        if (reason) return reason;
      } catch (error) {
        say((error as Error).message);
      }
    }
  };
  const running = run();
  return {
    failed: running.then((reason) => reason ?? new Promise<string>(() => {})),
    stop: async () => {
      end.abort();
      await running;
    },
  };
}
