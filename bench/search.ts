/**
 * Search over 1,000,000 generated drugs and 200,000 facilities: what the service takes against one plain SQL statement with
 * the same answer and against an ILIKE scan, then through HTTP as 50 people and as 50 connections that never rest. With
 * BENCH_DATA=<folder> the rows are kept for another run.
 */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { appRole, databaseName, localUrl, ownerRole } from '#db/embedded/index.ts';
import { readState } from '#db/embedded/state.ts';
import { localDate } from '#server/calendar/index.ts';
import { searchDrugs } from '#server/drugs/index.ts';
import { searchFacilities } from '#server/facilities/index.ts';
import { anonymous, newContext, now } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { buildIfStale } from '../scripts/ops/build.ts';
import { scratchData, startInstance } from '../scripts/ops/instance.ts';
import { bareDrugs, bareFacilities, scanDrugs, scanFacilities } from './load/bare-search.ts';
import { fillDrugs } from './load/many-drugs.ts';
import { fillNamedFacilities } from './load/named-facilities.ts';
import { get, quantile } from './load/requests.ts';
import { askedOfDrugs, askedOfFacilities, type Question } from './load/search-questions.ts';
import { type Measure, report } from './report.ts';

const drugCount = Number(process.env.BENCH_DRUGS ?? 1_000_000);
const facilityCount = Number(process.env.BENCH_FACILITIES ?? 200_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 10);
const users = 50;
const goal = 50;
const scans = 5;

interface Found {
  ids: string[];
  total: number;
}
type Ask = (q: string) => Promise<Found>;

const of = ({ items, total }: { items: { id: string }[]; total: number }): Found => ({
  ids: items.map(({ id }) => id),
  total,
});

/** Each question once to warm up and compare answers, then timed. */
async function compare(name: string, questions: Question[], service: Ask, bare: Ask, scan: Ask): Promise<Measure[]> {
  const [own, plain, whole] = [[] as number[], [] as number[], [] as number[]];
  const byKind = new Map<string, number[]>();
  let different = 0;
  const timed = async (ask: Ask, q: string, into: number[]): Promise<number> => {
    const began = performance.now();
    await ask(q);
    const ms = performance.now() - began;
    into.push(ms);
    return ms;
  };
  for (const { q } of questions) {
    const [a, b] = [await service(q), await bare(q)];
    if (a.total !== b.total || a.ids.join() !== b.ids.join()) different += 1;
  }
  for (const { q, kind } of questions) {
    const ms = await timed(service, q, own);
    byKind.set(kind, [...(byKind.get(kind) ?? []), ms]);
    await timed(bare, q, plain);
  }
  for (const { q } of questions.filter((_, index) => index % Math.ceil(questions.length / scans) === 0))
    await timed(scan, q, whole);
  const [p50, p95, bareP95] = [quantile(own, 0.5), quantile(own, 0.95), quantile(plain, 0.95)];
  const bareP50 = quantile(plain, 0.5);
  const kinds = [...byKind].map(([kind, times]) => ({ kind, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }));
  console.table(kinds);
  const slowest = kinds.sort((a, b) => b.p95 - a.p95)[0]!;
  return [
    {
      id: `${name}: questions answered otherwise than by the plain statement`,
      value: different,
      unit: `of ${questions.length}`,
      goal: 'none',
      met: different === 0,
    },
    { id: `${name}, p95`, value: p95, unit: 'ms', goal: `under ${goal} ms`, met: p95 < goal },
    {
      id: `${name}, p95 against the plain statement`,
      value: p95,
      unit: 'ms',
      against: { name: 'plain SQL p95', value: bareP95 },
      goal: 'at most 1.5 times',
      met: p95 <= bareP95 * 1.5,
    },
    {
      id: `${name}, p50`,
      value: p50,
      unit: 'ms',
      against: { name: 'plain SQL p50', value: bareP50 },
    },
    {
      id: `${name}, p50 against a scan with ILIKE`,
      value: p50,
      unit: 'ms',
      against: { name: 'scan p50', value: quantile(whole, 0.5) },
    },
    { id: `${name}, p99`, value: quantile(own, 0.99), unit: 'ms' },
    { id: `${name}, slowest kind of question (${slowest.kind}), p95`, value: slowest.p95, unit: 'ms' },
  ];
}

/** What fingers do to the end of a name: a wrong letter, a missing one, two swapped, a space forgotten. */
const slips: ((q: string) => string)[] = [
  (q) => `${q.slice(0, -2)}x${q.slice(-1)}`,
  (q) => q.slice(0, -2) + q.slice(-1),
  (q) => q.slice(0, -2) + q.slice(-1) + q.slice(-2, -1),
  (q) => q.replace(/ (?=[^ ]+$)/, ''),
];

/** Names with a typing error: nothing has all their words, and what resembles them is looked for. */
async function mistyped(questions: Question[], service: Ask): Promise<Measure[]> {
  const times: number[] = [];
  let found = 0;
  for (const [index, { q }] of questions.entries()) {
    const began = performance.now();
    const { total } = await service(slips[index % slips.length]!(q));
    times.push(performance.now() - began);
    if (total > 0) found += 1;
  }
  return [
    { id: 'facilities with a typing error in the name, p95', value: quantile(times, 0.95), unit: 'ms' },
    { id: 'the same, p50', value: quantile(times, 0.5), unit: 'ms' },
    { id: 'of these found all the same', value: found, unit: `of ${times.length}` },
  ];
}

/** So many clients; `pause`: seconds each thinks between two searches. */
async function through(base: string, questions: Question[], pause: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: users });
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const client = async (_: unknown, number: number) => {
    // they do not all begin in the same moment
    await sleep((number / users) * pause * 1000);
    for (let n = number * 7; performance.now() < end; n += 1) {
      const { q } = questions[n % questions.length]!;
      times.push(await get(`${base}?q=${encodeURIComponent(q)}`, agent));
      if (pause > 0) await sleep(pause * 1000);
    }
  };
  await Promise.all(Array.from({ length: users }, client));
  agent.destroy();
  return times;
}

async function http(name: string, base: string, questions: Question[]): Promise<Measure[]> {
  await through(base, questions, 0.2);
  const people = await through(base, questions, 1);
  const crowd = await through(base, questions, 0);
  const p95 = quantile(people, 0.95);
  return [
    {
      id: `${name} through HTTP, ${users} people, a second between two searches, p95`,
      value: p95,
      unit: 'ms',
      goal: `under ${goal} ms`,
      met: p95 < goal,
    },
    { id: `${name} through HTTP, the same, p50`, value: quantile(people, 0.5), unit: 'ms' },
    { id: `${name} through HTTP, ${users} connections that never rest, p95`, value: quantile(crowd, 0.95), unit: 'ms' },
    { id: `${name} through HTTP, the same, answers`, value: crowd.length / seconds, unit: 'a second' },
  ];
}

/** A folder that is kept, filled by the first run: another one measures the same rows at once. */
const kept = process.env.BENCH_DATA;

await buildIfStale();
const instance = await startInstance(kept ?? (await scratchData()));
let owner: Database | undefined;
let app: Database | undefined;
try {
  const state = (await readState(instance.dataDir))!;
  owner = connect(localUrl(ownerRole, state.passwords.owner, state.port, databaseName), { max: 1 });
  app = connect(localUrl(appRole, state.passwords.app, state.port, databaseName), { max: 4 });
  const pool = app;
  wire();
  const began = performance.now();
  const [there] = await owner.execute<{ n: number }>(sql`select count(*)::int as n from drugs`);
  const fill = there!.n < drugCount;
  if (fill) {
    await fillDrugs(owner, drugCount);
    await fillNamedFacilities(owner, facilityCount);
  }
  const filled = (performance.now() - began) / 1000;
  const [drugs, facilities] = [await askedOfDrugs(pool), await askedOfFacilities(pool)];
  const ctx = () => newContext(pool, anonymous, now);
  const today = localDate(now());
  const measures: Measure[] = [
    ...(fill
      ? [{ id: `${drugCount} drugs and ${facilityCount} facilities entered and indexed`, value: filled, unit: 's' }]
      : []),
    ...(await compare(
      'drugs',
      drugs,
      async (q) => of(await searchDrugs(ctx(), { q })),
      (q) => bareDrugs(pool, q, today),
      (q) => scanDrugs(pool, q),
    )),
    ...(await compare(
      'facilities',
      facilities,
      async (q) => of(await searchFacilities(ctx(), { q })),
      (q) => bareFacilities(pool, q, today),
      (q) => scanFacilities(pool, q),
    )),
    ...(await mistyped(
      facilities.filter(({ kind }) => kind === 'name without marks and number'),
      async (q) => of(await searchFacilities(ctx(), { q })),
    )),
    ...(await http('drugs', `${instance.url}/api/v1/drugs`, drugs)),
    ...(await http('facilities', `${instance.url}/api/v1/facilities`, facilities)),
  ];
  await report('search', measures);
} finally {
  await owner?.$client.end();
  await app?.$client.end();
  await (kept ? instance.stop() : instance.remove());
}
