import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './report.ts';

/** Exit code of a child that will not start however often it is tried. */
export const hopeless = 78;
/** ms between two starts of what crashes, at least and at most. */
export const shortestPause = 500;
export const longestPause = 30_000;
/** What lived this long was well: the next crash starts from the shortest pause again. */
export const wellAfter = 60_000;
/** Loading modules leaves 200 MB of garbage where the young generation may grow; a worker at rest has no use for it. */
const flags: Record<string, string[]> = { worker: ['--max-semi-space-size=4'] };

/**
 * Starts a script as a process of its own group: Ctrl-C at the terminal reaches it only through us, in order. The
 * channel between us tells it when we die, see `onParentGone`.
 */
export function launch(script: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...(flags[script] ?? []), `scripts/${script}.ts`, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** The exit code of a child; a signal counts as 1. */
export function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? 1);
  return new Promise((done) => {
    child.once('error', () => done(1));
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** Calls `stop` when the process that launched this one is gone, also by kill -9. */
export function onParentGone(stop: () => void): void {
  if (process.channel === undefined) return;
  process.once('disconnect', stop);
  process.channel?.unref();
}

/** A child that is started again when it crashes. */
export interface Supervised {
  /** resolves when the child gives up for good, with what to tell */
  failed: Promise<string>;
  /** SIGTERM, then SIGKILL after `patience` ms; resolves when it is gone */
  stop(patience: number): Promise<void>;
}

/** Keeps a script running, with growing pauses between crashes. */
export function supervise(name: string, script: string, env: NodeJS.ProcessEnv): Supervised {
  let stopping = false;
  let child = launch(script, [], env);
  const wake = new AbortController();
  const run = async (): Promise<string | undefined> => {
    for (let pause = shortestPause; ; pause = Math.min(pause * 2, longestPause)) {
      const began = Date.now();
      const code = await ended(child);
      if (stopping) return undefined;
      if (code === hopeless) return `The ${name} cannot run: see the line above.`;
      if (Date.now() - began > wellAfter) pause = shortestPause;
      say(`The ${name} ended unexpectedly (code ${code}); starting it again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: wake.signal }).catch(() => {});
      if (stopping) return undefined;
      child = launch(script, [], env);
    }
  };
  const running = run();
  return {
    failed: running.then((reason) => reason ?? new Promise<string>(() => {})),
    stop: async (patience) => {
      stopping = true;
      wake.abort();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await running;
      clearTimeout(timer);
    },
  };
}
