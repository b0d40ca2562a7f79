/**
 * Instances per second with full persistence: our host, the same rows without a kernel, and bpmn-engine with the same rows;
 * in turns, on one embedded Postgres with default durability. Then what a step costs over the size of the diagram and the
 * number of instances, and how soon a worker works with many timers open.
 * BENCH_ROUNDS, BENCH_SECONDS, BENCH_INSTANCES and BENCH_TIMERS make it smaller.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { appRole, openEmbedded } from '#db/embedded/index.ts';
import { migrate } from '#db/migrate.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { publishDefinition } from '#server/workflow/index.ts';
import { activities, numbered, sequence, timed } from './load/diagrams.ts';
import type { LicensingHost } from './load/licensing.ts';
import { median, seedInstances, stepTimes } from './load/step-cost.ts';
import { openTimers, startTime } from './load/timers.ts';
import type { Host } from './load/workflow.ts';
import { type Measure, report } from './report.ts';

const hosts: Host[] = ['rows', 'ours', 'bpmn-engine'];
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const instances = Number(process.env.BENCH_INSTANCES ?? 1_000_000);
const timers = Number(process.env.BENCH_TIMERS ?? 100_000);
/** Steps measured at each size. */
const steps = 150;
const programs = {
  five: fileURLToPath(new URL('load/workflow.ts', import.meta.url)),
  licensing: fileURLToPath(new URL('load/licensing.ts', import.meta.url)),
};

interface Load {
  rate: number;
  /** largest state of an instance, as JSON */
  stateBytes: number;
}

/** One load process. */
function loadProcess(host: Host | LicensingHost, url: string): Promise<Load> {
  const load = host.startsWith('licensing') ? programs.licensing : programs.five;
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [load, host, url, String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', failed);
    child.on('close', (code) => {
      if (code !== 0) return failed(new Error(`the load of ${host} ended with ${code}`));
      done(JSON.parse(text) as Load);
    });
  });
}

async function measureFive(url: string): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const processes of [1, 2]) {
    const rates = new Map<Host, number[]>(hosts.map((h) => [h, []]));
    for (let r = 0; r < rounds; r += 1) {
      for (const host of hosts) {
        const each = await Promise.all(Array.from({ length: processes }, () => loadProcess(host, url)));
        const rate = each.reduce((a, b) => a + b.rate, 0);
        rates.get(host)!.push(rate);
        console.error(
          `  round ${r + 1}, ${processes} process${processes > 1 ? 'es' : ''}, ${host}: ${rate.toFixed(1)} instances/s`,
        );
      }
    }
    const [bare, ours, other] = hosts.map((h) => median(rates.get(h)!)) as [number, number, number];
    measures.push(
      {
        id: `five tasks, ${processes} process${processes > 1 ? 'es' : ''}, against the rows alone`,
        value: ours,
        unit: 'instances/s',
        against: { name: 'same rows without kernel', value: bare },
        goal: 'at least 0.8 of it',
        met: ours >= 0.8 * bare,
      },
      {
        id: `five tasks, ${processes} process${processes > 1 ? 'es' : ''}, against bpmn-engine`,
        value: ours,
        unit: 'instances/s',
        against: { name: 'bpmn-engine with the same rows', value: other },
        goal: 'at least 8 times it',
        met: ours >= 8 * other,
      },
    );
  }
  return measures;
}

async function measureLicensing(url: string): Promise<Measure[]> {
  const rates: Record<LicensingHost, number[]> = { 'licensing-rows': [], licensing: [] };
  let bytes = 0;
  for (let r = 0; r < rounds; r += 1) {
    for (const host of ['licensing-rows', 'licensing'] as const) {
      const { rate, stateBytes } = await loadProcess(host, url);
      rates[host].push(rate);
      if (host === 'licensing') bytes = Math.max(bytes, stateBytes);
      console.error(`  round ${r + 1}, ${host}: ${rate.toFixed(1)} instances/s`);
    }
  }
  const [ours, bare] = [median(rates.licensing), median(rates['licensing-rows'])];
  return [
    {
      id: 'twelve activities with timers, history, audit and outbox',
      value: ours,
      unit: 'instances/s',
      against: { name: 'the same rows without kernel', value: bare },
      goal: 'at least 0.8 of it',
      met: ours >= 0.8 * bare,
    },
    { id: 'largest state of it', value: bytes, unit: 'bytes', goal: 'under 2 KB', met: bytes < 2048 },
  ];
}

const sizes = [5, 50, 150];
const flat = (a: number, b: number) => Math.max(a, b) <= 1.2 * Math.min(a, b);

/** In turns, so that what else the machine does meets all sizes alike. */
async function measureSizes(db: Database): Promise<Measure[]> {
  const times = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (const size of sizes) await stepTimes(db, `of-${size}`, 20);
  for (let turn = 0; turn < 10; turn += 1)
    for (const size of sizes) times.get(size)!.push(...(await stepTimes(db, `of-${size}`, steps / 10)));
  const [small, ...larger] = sizes.map((size) => ({ size, ms: median(times.get(size)!) }));
  return larger.map(({ size, ms }) => ({
    id: `a step in a diagram of ${size} tasks`,
    value: ms,
    unit: 'ms',
    against: { name: `of ${small!.size}`, value: small!.ms },
    goal: 'the same within 20%',
    met: flat(ms, small!.ms),
  }));
}

async function measureNumbers(db: Database, owner: Database): Promise<Measure[]> {
  await seedInstances(owner, 'of-5', Math.min(1000, instances));
  await stepTimes(db, 'of-5', 30);
  const few = median(await stepTimes(db, 'of-5', steps * 2));
  console.error(`  entering ${instances} instances`);
  await seedInstances(owner, 'of-5', Math.max(0, instances - 1000));
  await owner.execute(sql`checkpoint`).catch(() => {});
  await stepTimes(db, 'of-5', 30);
  const many = median(await stepTimes(db, 'of-5', steps * 2));
  return [
    {
      id: `a step beside ${instances.toLocaleString('en')} running instances`,
      value: many,
      unit: 'ms',
      against: { name: 'beside 1,000', value: few },
      goal: 'the same within 20%',
      met: flat(many, few),
    },
  ];
}

async function measureTimers(owner: Database, url: string, ownerUrl: string, dataDir: string): Promise<Measure[]> {
  await owner.execute(sql`delete from graphile_worker._private_jobs`);
  await startTime(owner, url, ownerUrl, dataDir);
  const empty = median([
    await startTime(owner, url, ownerUrl, dataDir),
    await startTime(owner, url, ownerUrl, dataDir),
  ]);
  await openTimers(owner, timers);
  const full = median([
    await startTime(owner, url, ownerUrl, dataDir),
    await startTime(owner, url, ownerUrl, dataDir),
    await startTime(owner, url, ownerUrl, dataDir),
  ]);
  return [
    {
      id: `start of a worker to its first job with ${timers.toLocaleString('en')} timers open`,
      value: full / 1000,
      unit: 's',
      against: { name: 'with none', value: empty / 1000 },
      goal: 'under 2 s',
      met: full < 2000,
    },
  ];
}

const folder = await mkdtemp(join(tmpdir(), 'mot-cua-bench-'));
const postgres = await openEmbedded(folder, (line) => console.error(line));
try {
  await migrate({ ownerUrl: postgres.ownerUrl, appRole });
  const db = connect(postgres.url);
  const owner = connect(postgres.ownerUrl, { max: 2 });
  await transaction(newContext(db, systemActor('bench'), now), async (ctx) => {
    await publishDefinition(ctx, { key: 'bench', xml: sequence(['a', 'b', 'c', 'd', 'e']) });
    await publishDefinition(ctx, { key: 'licensing', xml: sequence(activities, timed) });
    for (const size of sizes) await publishDefinition(ctx, { key: `of-${size}`, xml: sequence(numbered(size)) });
  });
  const measures = [
    ...(await measureFive(postgres.url)),
    ...(await measureLicensing(postgres.url)),
    ...(await measureSizes(db)),
    ...(await measureNumbers(db, owner)),
    ...(await measureTimers(owner, postgres.url, postgres.ownerUrl, folder)),
  ];
  await Promise.all([db.$client.end(), owner.$client.end()]);
  await report('workflow', measures);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(postgres.folder, { recursive: true, force: true });
}
