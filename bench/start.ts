// How long a fresh set-up and a second start take, and how much memory the system holds at rest and after load.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildIfStale } from '../scripts/ops/build.ts';
import { type Instance, scratchData, startInstance } from '../scripts/ops/instance.ts';
import { childrenOf } from '../scripts/ops/survival.ts';
import { report } from './report.ts';

const requests = 2000;
const clients = 10;

/** Processes under `root`, itself included: Postgres, web server and worker are its children. */
function familyOf(root: number): number[] {
  const family = [root];
  for (const pid of family) family.push(...childrenOf(pid));
  return family;
}

/** Memory that would come free if the system ended (PSS: shared pages count once), in MB. */
function memoryOf(instance: Instance): number {
  let kilobytes = 0;
  for (const pid of familyOf(instance.process.pid ?? 0)) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // it has ended meanwhile
    }
  }
  return kilobytes / 1024;
}

/** A bounded load of readers; returns requests per second. @throws when an answer is not 200 */
async function load(url: string): Promise<number> {
  const began = Date.now();
  let left = requests;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (requests * 1000) / (Date.now() - began);
}

await buildIfStale();
const dataDir = await scratchData();
const first = await startInstance(dataDir);
await first.stop();
const second = await startInstance(dataDir);
await sleep(5000);
const atRest = memoryOf(second);
const rate = await load(`${second.url}/`);
await sleep(5000);
const afterLoad = memoryOf(second);
await second.remove();

await report('start', [
  { id: 'fresh set-up, built', value: first.startedIn / 1000, unit: 's' },
  {
    id: 'second start',
    value: second.startedIn / 1000,
    unit: 's',
    against: { name: 'fresh set-up', value: first.startedIn / 1000 },
    goal: 'under 10 s',
    met: second.startedIn < 10_000,
  },
  { id: 'memory at rest', value: atRest, unit: 'MB' },
  { id: 'memory after load', value: afterLoad, unit: 'MB', against: { name: 'at rest', value: atRest } },
  { id: 'home page under load', value: rate, unit: 'requests/s' },
]);
