/**
 * The map with 200,000 generated facilities: tiles at every zoom, cold and unchanged, through HTTP; the ten nearest in
 * the database against brute force; and what a telephone on a slow line waits for until the map can be used.
 */
import { chromium } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { appRole, databaseName, localUrl, ownerRole } from '#db/embedded/index.ts';
import { readState } from '#db/embedded/state.ts';
import { nearestFacilities } from '#server/facilities/index.ts';
import { distanceKm, type FacilityKind } from '#server/facilities/rules.ts';
import { pinZoom, worldPoint } from '#server/map/rules.ts';
import { chromiumFlags, chromiumPath } from '../e2e/browser.ts';
import { buildIfStale } from '../scripts/ops/build.ts';
import { scratchData, startInstance } from '../scripts/ops/instance.ts';
import { fillFacilities, type GeneratedPoint } from './load/many-facilities.ts';
import { quantile } from './load/requests.ts';
import { type Measure, report } from './report.ts';

const count = Number(process.env.BENCH_FACILITIES ?? 200_000);
const tilesPerZoom = 40;
const questions = 200;

const addressOf = ({ latitude, longitude }: GeneratedPoint, z: number): string => {
  const point = worldPoint(latitude, longitude)!;
  return `${z}/${Math.floor(point.x * 2 ** z)}/${Math.floor(point.y * 2 ** z)}`;
};

async function timed(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ ms: number; response: Response; bytes: number }> {
  const began = performance.now();
  const response = await fetch(url, { headers });
  const { byteLength: bytes } = await response.arrayBuffer();
  return { ms: performance.now() - began, response, bytes };
}

async function tiles(url: string, points: GeneratedPoint[]): Promise<Measure[]> {
  const { ms: first } = await timed(`${url}/api/tiles/facilities/5/25/14.mvt`);
  const cold: number[] = [];
  const again: number[] = [];
  const measures: Measure[] = [
    { id: 'first tile of a process, with reading all facilities', value: first, unit: 'ms' },
  ];
  let worst = { z: 0, ms: 0 };
  let unchanged = 0;
  for (let z = 0; z <= pinZoom; z += 1) {
    const wanted = new Set<string>();
    for (let tries = 0; wanted.size < tilesPerZoom && tries < tilesPerZoom * 5; tries += 1)
      wanted.add(addressOf(points[(tries * 7919) % points.length]!, z));
    const times: number[] = [];
    for (const tile of wanted) {
      const address = `${url}/api/tiles/facilities/${tile}.mvt`;
      const { ms, response } = await timed(address);
      if (response.status !== 200) throw new Error(`${tile} answered ${response.status}`);
      times.push(ms);
      const etag = response.headers.get('etag') ?? '';
      const second = await timed(address, { 'if-none-match': etag });
      again.push(second.ms);
      if (second.response.status === 304 && second.bytes === 0) unchanged += 1;
    }
    cold.push(...times);
    const p95 = quantile(times, 0.95);
    if (p95 > worst.ms) worst = { z, ms: p95 };
  }
  const p95 = quantile(cold, 0.95);
  measures.push(
    { id: `tiles of zoom 0 to ${pinZoom}, cold, p95`, value: p95, unit: 'ms', goal: 'under 30 ms', met: p95 < 30 },
    { id: 'tiles, cold, p50', value: quantile(cold, 0.5), unit: 'ms' },
    { id: `zoom with the slowest p95 (${worst.z})`, value: worst.ms, unit: 'ms' },
    {
      id: 'unchanged tiles answered 304 without a byte',
      value: unchanged,
      unit: `of ${again.length}`,
      goal: 'all',
      met: unchanged === again.length,
    },
    { id: 'unchanged tile, p95', value: quantile(again, 0.95), unit: 'ms', against: { name: 'cold', value: p95 } },
  );
  return measures;
}

/** A change of one facility is in the next tile, and the whole register is not read again for it. */
async function change(url: string, owner: Database, points: GeneratedPoint[]): Promise<Measure[]> {
  const point = points[Math.floor(points.length / 2)]!;
  const address = `${url}/api/tiles/facilities/${addressOf(point, pinZoom)}.mvt`;
  const before = (await timed(address)).response.headers.get('etag');
  await owner.execute(sql`update facilities set latitude = latitude + 0.0005 where code = ${point.code}`);
  const after = await timed(address, { 'if-none-match': before ?? '' });
  return [
    {
      id: 'first tile after a facility moved',
      value: after.ms,
      unit: 'ms',
      goal: 'another tile, under 30 ms',
      met: after.response.status === 200 && after.ms < 30,
    },
  ];
}

async function nearest(db: Database, points: GeneratedPoint[], kind?: FacilityKind): Promise<Measure[]> {
  const among = points.filter((point) => kind === undefined || point.kind === kind);
  const times: number[] = [];
  const brute: number[] = [];
  let wrong = 0;
  for (let n = 0; n < questions; n += 1) {
    const near = { latitude: 8.6 + ((n * 0.618034) % 1) * 14.6, longitude: 102.2 + ((n * 0.414214) % 1) * 7.2 };
    const began = performance.now();
    const found = await nearestFacilities(db, { near, ...(kind ? { kind } : {}) }, 10, new Date());
    times.push(performance.now() - began);
    const start = performance.now();
    const exact = among
      .map((point) => ({ id: point.id, km: distanceKm(near, point) }))
      .sort((a, b) => a.km - b.km)
      .slice(0, 10);
    brute.push(performance.now() - start);
    if (found.some((hit, at) => hit.id !== exact[at]!.id && Math.abs(hit.distanceKm! - exact[at]!.km) > 1e-9))
      wrong += 1;
  }
  const of = kind ? `, only ${kind}` : '';
  const p95 = quantile(times, 0.95);
  return [
    {
      id: `ten nearest${of}: questions with another answer than brute force`,
      value: wrong,
      unit: `of ${questions}`,
      goal: 'none',
      met: wrong === 0,
    },
    {
      id: `ten nearest${of}, p95`,
      value: p95,
      unit: 'ms',
      against: { name: 'brute force p95', value: quantile(brute, 0.95) },
      goal: 'under 5 ms',
      met: p95 < 5,
    },
    { id: `ten nearest${of}, p50`, value: quantile(times, 0.5), unit: 'ms' },
  ];
}

/** A telephone of the cheaper kind on 4G: until the map answers a finger, and what was carried until then. */
async function telephone(url: string): Promise<Measure[]> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumFlags,
    chromiumSandbox: false,
  });
  try {
    const times: number[] = [];
    let bytes = 0;
    let scripts = 0;
    for (let visit = 0; visit < 3; visit += 1) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 40,
        downloadThroughput: 1_250_000,
        uploadThroughput: 375_000,
      });
      bytes = 0;
      scripts = 0;
      const kinds = new Map<string, string>();
      session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        bytes += encodedDataLength;
        if (kinds.get(requestId) === 'Script') scripts += encodedDataLength;
      });
      const began = performance.now();
      await page.goto(`${url}/map?view=map`, { waitUntil: 'commit' });
      await page.locator('.map-view[data-phase=ready]').waitFor({ timeout: 60_000 });
      times.push(performance.now() - began);
      await context.close();
    }
    const median = quantile(times, 0.5) / 1000;
    return [
      {
        id: 'telephone on 10 Mbit/s: first useful map',
        value: median,
        unit: 's',
        goal: 'within 3 s',
        met: median <= 3,
      },
      {
        id: 'bytes until then',
        value: bytes / 1000,
        unit: 'KB',
        goal: 'scripts at most 670 KB',
        met: scripts < 670_000,
      },
      { id: 'of them scripts (page 170 KB, map 500 KB at most)', value: scripts / 1000, unit: 'KB' },
    ];
  } finally {
    await browser.close();
  }
}

await buildIfStale();
const instance = await startInstance(await scratchData());
try {
  const state = (await readState(instance.dataDir))!;
  const owner = connect(localUrl(ownerRole, state.passwords.owner, state.port, databaseName), { max: 1 });
  const app = connect(localUrl(appRole, state.passwords.app, state.port, databaseName), { max: 1 });
  const began = performance.now();
  const points = await fillFacilities(owner, count);
  const filled = (performance.now() - began) / 1000;
  const measures = [
    { id: `${count} facilities entered`, value: filled, unit: 's' },
    ...(await tiles(instance.url, points)),
    ...(await change(instance.url, owner, points)),
    ...(await nearest(app, points)),
    ...(await nearest(app, points, 'maternity-home')),
    ...(await telephone(instance.url)),
  ];
  await owner.$client.end();
  await app.$client.end();
  await report('map', measures);
} finally {
  await instance.remove();
}
