import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database } from '#db/client.ts';
import { openEmbedded, runningServer } from '#db/embedded/index.ts';
import { type FaultyLine, faultyLine } from '#db/testing/faulty-line.ts';
import { buildIfStale } from '../../ops/build.ts';
import { scratchData, startInstance } from '../../ops/instance.ts';
import { say } from '../../ops/report.ts';
import { childrenOf } from '../../ops/survival.ts';
import { keepServing, trusted } from './kept.ts';

/** A whole system as `npm start` makes it, with a second web server beside the first. */
export interface Service {
  /** one address a web server */
  urls: string[];
  dataDir: string;
  /** the owner's eyes, for preparing and for looking afterwards */
  db: Database;
  ownerUrl: string;
  /** between the second web server and the database, where it was asked for */
  line: FaultyLine | undefined;
  /** the processes that serve, as they are at this moment; undefined: it is being started */
  pids(): Record<'first web server' | 'second web server' | 'worker', number | undefined>;
  /** SIGKILL to a process; its supervisor starts it again */
  killWeb(which: number): boolean;
  killWorker(): boolean;
  /** `SIGQUIT` (crash without checkpoint) or `SIGKILL` to the postmaster; resolves when `npm start` has it running again */
  crashPostgres(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** an empty folder for its data, removed in the end; a scratch folder otherwise */
  dataDir?: string;
  /** gets every line that `npm start` prints; what went wrong is shown anyway where SHOW_LOGS is set */
  show?: (line: string) => void;
  /** the second web server reaches the database by a line that can be made to fail */
  distant?: boolean;
}

export async function openService({ dataDir: given, show, distant }: ServiceOptions = {}): Promise<Service> {
  process.env.TRUSTED_PROXIES = trusted;
  await buildIfStale();
  const dataDir = given ?? (await scratchData());
  const first = await startInstance(dataDir, (line) => {
    showErrors(line);
    show?.(line);
  });
  const { url, ownerUrl, folder } = await openEmbedded(dataDir);
  const line = distant ? await faultyLine(url) : undefined;
  const second = await keepServing(dataDir, { url: line?.url ?? url, ownerUrl });
  await waitUntil(() => isReady(second.url), 60_000, 'the second web server');
  const db = connect(ownerUrl, { max: 4, applicationName: 'drill' });
  const child = (parent: number, script: string) =>
    childrenOf(parent).find((pid) => commandLine(pid).includes(`scripts/${script}.ts`));
  const kill = (pid: number | undefined): boolean => {
    if (pid === undefined) return false;
    try {
      process.kill(pid, 'SIGKILL');
      return true;
    } catch {
      return false; // it ended by itself in this moment, as a web server does whose database crashed
    }
  };
  const pids = () => ({
    'first web server': child(first.process.pid!, 'serve'),
    'second web server': second.web.pid(),
    worker: child(first.process.pid!, 'worker'),
  });
  return {
    urls: [first.url, second.url],
    dataDir,
    db,
    ownerUrl,
    line,
    pids,
    killWeb: (which) => kill(pids()[which % 2 === 0 ? 'first web server' : 'second web server']),
    killWorker: () => kill(pids().worker),
    crashPostgres: async (signal) => {
      const server = runningServer(folder);
      if (!server) throw new Error('Postgres does not run');
      process.kill(server.pid, signal);
      const isBack = async () => (runningServer(folder)?.pid ?? server.pid) !== server.pid;
      await waitUntil(isBack, 120_000, 'Postgres to be started again');
    },
    close: async () => {
      await db.$client.end({ timeout: 1 });
      await second.web.stop();
      await line?.close();
      await first.remove();
    },
  };
}

function showErrors(line: string): void {
  if (process.env.SHOW_LOGS && /"level":"error"|unexpectedly/.test(line)) say(line);
}

/** Whether the readiness door says 200. */
export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );

/** Polls until it is so. @returns ms it took @throws after `patience` ms */
export async function waitUntil(so: () => Promise<boolean>, patience: number, what: string): Promise<number> {
  const began = Date.now();
  while (!(await so())) {
    if (Date.now() - began > patience) throw new Error(`${what}: not within ${patience / 1000} s`);
    await sleep(100);
  }
  return Date.now() - began;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
