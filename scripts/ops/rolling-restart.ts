import { freePort } from '#db/embedded/index.ts';
import { load, openBalancer, publicPaths, startWeb } from './fleet.ts';
import { StopError } from './report.ts';

export interface RestartReport {
  requests: number;
  restarts: number;
  /** the longest time from SIGTERM to the end, ms */
  slowestStop: number;
}

/**
 * Restarts two web servers behind a balancer one after the other, `rounds` times, under load.
 * @throws StopError when a request failed, or a server needed more than ten seconds to end or ended with an error
 */
export async function rollingRestart(
  settings: Record<string, string>,
  rounds: number,
  clients: number,
): Promise<RestartReport> {
  const ports = [await freePort(), await freePort()];
  const webs = await Promise.all(ports.map((port) => startWeb(settings, port)));
  const balancer = await openBalancer(webs.map((web) => web.url));
  const running = load(balancer.url, publicPaths, clients);
  const report: RestartReport = { requests: 0, restarts: 0, slowestStop: 0 };
  const restartAll = async (): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      for (const [index, port] of ports.entries()) {
        const { code, ms } = (await webs[index]?.stop()) ?? { code: 1, ms: 0 };
        report.slowestStop = Math.max(report.slowestStop, ms);
        if (code !== 0 || ms > 10_000) throw new StopError(`A web server ended with ${code} after ${ms} ms.`);
        const web = await startWeb(settings, port);
        webs[index] = web;
        await balancer.takesIn(web.url);
        report.restarts += 1;
      }
    }
  };
  const outcome = await restartAll().then(
    () => null,
    (error: unknown) => error,
  );
  const { requests, statuses } = await running.stop();
  await balancer.close();
  await Promise.all(webs.map((web) => web.stop()));
  if (outcome) throw outcome;
  report.requests = requests;
  const failed = Object.entries(statuses).filter(([status]) => !/^[23]/.test(status));
  if (failed.length > 0) throw new StopError(`Requests failed: ${JSON.stringify(Object.fromEntries(failed))}`);
  return report;
}
