import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../ops/report.ts';
import { isReady, type Service, waitUntil } from './service.ts';

export interface Kills {
  counts: Record<string, number>;
  /** ms from Postgres' return until both web servers said they were ready, at worst */
  slowestRecovery: number;
  faults: string[];
}

/** Pools find the database again by themselves within this. */
const recovery = 10_000;

/** The same seed gives the same order of blows, though not the same moments. */
export function seeded(seed: number): (below: number) => number {
  let x = seed >>> 0;
  return (below) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((x / 4_294_967_296) * below);
  };
}

/**
 * Blows at random while there is work; each of the four kinds comes at least once.
 * @param pace ms between two blows, at least and at most
 */
export async function chaos(
  service: Service,
  seed: number,
  pace: [number, number],
  going: () => boolean,
): Promise<Kills> {
  const random = seeded(seed);
  const kills: Kills = { counts: {}, slowestRecovery: 0, faults: [] };
  const count = (what: string, really: boolean) => {
    if (really) kills.counts[what] = (kills.counts[what] ?? 0) + 1;
  };
  const blows = [
    () => count('web servers killed', service.killWeb(random(2))),
    () => count('workers killed', service.killWorker()),
    () => crash('SIGKILL'),
    () => crash('SIGQUIT'),
  ];
  const crash = async (signal: 'SIGKILL' | 'SIGQUIT') => {
    const readyBefore = await Promise.all(service.urls.map(isReady));
    await service.crashPostgres(signal);
    count(`crashes of Postgres by ${signal}`, true);
    const urls = service.urls.filter((_, i) => readyBefore[i]);
    for (const url of urls) {
      const took = await waitUntil(() => isReady(url), 60_000, `${url} to find the database again`);
      kills.slowestRecovery = Math.max(kills.slowestRecovery, took);
      if (took > recovery) kills.faults.push(`${url} needed ${took} ms to find the database again`);
    }
  };
  for (let i = 0; i < blows.length || going(); i += 1) {
    await sleep(pace[0] + random(pace[1] - pace[0]));
    // with nobody there to be struck a blow proves nothing, and on a slow machine nobody would ever come up again
    await waitUntil(async () => (await Promise.all(service.urls.map(isReady))).includes(true), 60_000, 'a web server');
    // web servers are hit most often, as they are what there is most of
    await (i < blows.length ? blows[i]! : blows[[0, 0, 0, 1, 1, 2, 3][random(7)]!]!)();
    if (i % 10 === 9)
      say(
        `  … ${Object.entries(kills.counts)
          .map(([what, n]) => `${n} ${what}`)
          .join(', ')}`,
      );
  }
  return kills;
}
