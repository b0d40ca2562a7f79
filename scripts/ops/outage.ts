import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultyLine, faultyLine } from '#db/testing/faulty-line.ts';
import { load, publicPaths, startWeb, type WebProcess } from './fleet.ts';
import { StopError } from './report.ts';
import { residentMegabytes } from './survival.ts';

export interface OutageReport {
  requests: number;
  /** the slowest answer during the outage, ms */
  slowest: number;
  /** from the return of the database to readiness, ms */
  recovery: number;
}

/** A request that waits for a database that is gone gets its 503 within this, ms. */
const longestAnswer = 15_000;
const longestRecovery = 10_000;

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status ?? 0;
}

/**
 * Takes the database away under load for `seconds` and gives it back.
 * @throws StopError when an answer is anything but right or 503, comes too late, or readiness does not follow
 */
async function takeAway(
  web: WebProcess,
  away: () => Promise<void>,
  back: () => Promise<void>,
  seconds: number,
): Promise<OutageReport> {
  const running = load(web.url, publicPaths, 10);
  await sleep(500);
  await away();
  await sleep(seconds * 1000);
  const [ready, live, page] = await Promise.all(
    ['/api/health/ready', '/api/health/live', '/procedures'].map((path) => statusOf(web.url + path)),
  );
  if (ready !== 503 || live !== 200 || page !== 503)
    throw new StopError(`Without database: readiness ${ready}, liveness ${live}, a page ${page}.`);
  await back();
  const began = Date.now();
  while ((await statusOf(`${web.url}/api/health/ready`)) !== 200) {
    if (Date.now() - began > longestRecovery)
      throw new StopError('It is not ready ten seconds after the database is back.');
    await sleep(50);
  }
  const recovery = Date.now() - began;
  if ((await statusOf(`${web.url}/procedures`)) !== 200) throw new StopError('It is ready and a page fails.');
  const { requests, statuses, slowest } = await running.stop();
  const wrong = Object.entries(statuses).filter(([status]) => !/^([23]..|503)$/.test(status));
  if (wrong.length > 0) throw new StopError(`Answers during the outage: ${JSON.stringify(statuses)}`);
  if (slowest > longestAnswer) throw new StopError(`An answer took ${slowest} ms.`);
  return { requests, slowest, recovery };
}

export interface Fault {
  name: string;
  report: OutageReport;
}

/** Every way a database can go away from one web server, one after the other. `restart` stops and starts the server itself. */
export async function outages(
  settings: Record<string, string>,
  restart: { stop: () => Promise<void>; start: () => Promise<void> } | null,
  seconds: number,
): Promise<{ faults: Fault[]; grownMegabytes: number }> {
  const line: FaultyLine = await faultyLine(settings.DATABASE_URL ?? '');
  const ownerLine: FaultyLine = await faultyLine(settings.DATABASE_OWNER_URL ?? '');
  const set = (fault: 'pass' | 'swallow' | 'reset') => async () => {
    line.set(fault);
    ownerLine.set(fault);
  };
  const web = await startWeb({ ...settings, DATABASE_URL: line.url, DATABASE_OWNER_URL: ownerLine.url });
  const faults: Fault[] = [];
  try {
    faults.push({ name: 'broken off', report: await takeAway(web, set('reset'), set('pass'), seconds) });
    const before = residentMegabytes(web.process.pid);
    faults.push({ name: 'swallowed', report: await takeAway(web, set('swallow'), set('pass'), Math.max(seconds, 12)) });
    const grownMegabytes = residentMegabytes(web.process.pid) - before;
    if (restart)
      faults.push({ name: 'server restarted', report: await takeAway(web, restart.stop, restart.start, seconds) });
    return { faults, grownMegabytes };
  } finally {
    await web.stop();
    await line.close();
    await ownerLine.close();
  }
}
