/**
 * What a visitor waits for: paints, shifts and answers of public pages in a slowed-down browser, each page on a slow line,
 * an officials' queue of 10,000 tasks, and requests a second of the home page and a dossier against a bare page of the
 * framework in the same run. About five minutes on a quiet machine; BENCH_SECONDS and BENCH_ROUNDS change that.
 */
import { spawn } from 'node:child_process';
import { type Browser, chromium, type Page } from '@playwright/test';
import { connect } from '#db/client.ts';
import { databaseName, freePort, localUrl, ownerRole } from '#db/embedded/index.ts';
import { readState } from '#db/embedded/state.ts';
import { chromiumFlags, chromiumPath } from '../e2e/browser.ts';
import { readAccounts, signIn } from '../e2e/fixtures.ts';
import { publicPages } from '../e2e/public-pages.ts';
import { buildIfStale } from '../scripts/ops/build.ts';
import { ended } from '../scripts/ops/child.ts';
import { type Instance, scratchData, startInstance } from '../scripts/ops/instance.ts';
import { fillQueue } from './load/full-queue.ts';
import { type Profile, type Vitals, visit } from './load/page-vitals.ts';
import { load, quantile } from './load/requests.ts';
import { type Measure, report } from './report.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const clients = 10;
/** A phone of the cheaper kind on 4G. */
const phone: Profile = { cpu: 4, down: 1_600_000, roundTrip: 150 };
const slowLine: Profile = { cpu: 1, down: 400_000, roundTrip: 400 };
const openTasks = 10_000;

const median = (values: readonly number[]) => quantile(values, 0.5);

/** The page with the worst median of its visits. */
async function worst(
  browser: Browser,
  base: string,
  profile: Profile,
  visits: number,
  of: (vitals: Vitals) => number,
): Promise<{ page: string; value: number }[]> {
  const found: { page: string; value: number }[] = [];
  for (const path of publicPages) {
    const values: number[] = [];
    for (let n = 0; n < visits; n += 1) values.push(of(await visit(browser, `${base}${path}`, profile)));
    found.push({ page: path, value: median(values) });
  }
  return found.sort((a, b) => b.value - a.value);
}

async function vitals(browser: Browser, base: string): Promise<Measure[]> {
  const all: Record<string, Vitals[]> = {};
  for (const path of publicPages)
    for (let n = 0; n < 2; n += 1) {
      all[path] ??= [];
      all[path].push(await visit(browser, `${base}${path}`, phone));
    }
  const worstOf = (kind: keyof Vitals) =>
    Object.entries(all)
      .map(([path, visits]) => ({ path, value: median(visits.map((one) => one[kind])) }))
      .sort((a, b) => b.value - a.value)[0]!;
  const limits = { lcp: 2500, cls: 0.1, inp: 200 };
  const slow = await worst(browser, base, slowLine, 1, (one) => one.lcp);
  return [
    ...(['lcp', 'cls', 'inp'] as const).map((kind): Measure => {
      const { path, value } = worstOf(kind);
      return {
        id: `${kind.toUpperCase()} of the worst public page (${path}), 4 × slower processor, 1.6 Mbit/s`,
        value,
        unit: kind === 'cls' ? '' : 'ms',
        goal: `at most ${limits[kind]}`,
        met: value <= limits[kind],
      };
    }),
    {
      id: `readable on 400 kbit/s and 400 ms, worst public page (${slow[0]!.page})`,
      value: slow[0]!.value,
      unit: 'ms',
      goal: 'at most 3000',
      met: slow[0]!.value <= 3000,
    },
  ];
}

/** A window of a demo account. */
async function windowOf(browser: Browser, instance: Instance, role: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: instance.url, locale: 'vi-VN' });
  const page = await context.newPage();
  const account = (await readAccounts()).find((one) => one.role === role);
  if (!account) throw new Error(`There is no demo account "${role}".`);
  await signIn(page, account);
  return page;
}

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

/** An empty draft of the demo business: its id. */
async function beginDraft(page: Page): Promise<string> {
  await page.goto('/my/dossiers/new?procedure=pharmacy-eligibility');
  await page.locator('main form [type=submit]').click();
  await page.waitForURL(/\/my\/dossiers\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** The queue as an official opens it, one after the other: ms until the page was whole. */
async function queue(browser: Browser, instance: Instance, draftId: string): Promise<Measure[]> {
  const state = await readState(instance.dataDir);
  if (!state) throw new Error('The instance has no embedded database.');
  const owner = connect(localUrl(ownerRole, state.passwords.owner, state.port, databaseName), { max: 1 });
  await fillQueue(owner, draftId, openTasks);
  await owner.$client.end();
  const page = await windowOf(browser, instance, 'officer');
  const headers = { cookie: await cookieOf(page) };
  const measures: Measure[] = [];
  for (const [name, path] of [
    ['all', '/office/unit'],
    ['sorted by name', '/office/unit?sort=title'],
    ['narrowed by words and date', '/office/unit?q=duc+ai&due=week'],
    ['the last page', `/office/unit?page=${openTasks / 20}`],
  ] as const) {
    const { p95 } = await load(`${instance.url}${path}`, { clients: 1, seconds, headers });
    measures.push({
      id: `queue of 10,000 tasks: ${name}, p95 until the page is whole`,
      value: p95,
      unit: 'ms',
      goal: 'at most 300',
      met: p95 <= 300,
    });
  }
  return measures;
}

/** The framework's own smallest page, built and served beside ours. */
async function startBare(): Promise<{ url: string; stop(): Promise<void> }> {
  const next = 'node_modules/next/dist/bin/next';
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const built = spawn(process.execPath, [next, 'build', 'bench/bare-next'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if ((await ended(built)) !== 0) throw new Error('The bare page could not be built.');
  const port = await freePort();
  const args = [next, 'start', 'bench/bare-next', '--hostname', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (/ready/i.test(text)) ready.resolve();
  });
  ended(child).then(() => ready.reject(new Error('The bare page could not be served.')));
  await ready.promise;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended(child);
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}

async function rates(instance: Instance, dossier: { id: string; cookie: string }): Promise<Measure[]> {
  const bare = await startBare();
  const pages = {
    bare: { url: bare.url, headers: {} },
    home: { url: `${instance.url}/`, headers: {} },
    dossier: { url: `${instance.url}/my/dossiers/${dossier.id}`, headers: { cookie: dossier.cookie } },
  };
  const names = Object.keys(pages) as (keyof typeof pages)[];
  const seen: Record<string, number[]> = {};
  // the first requests of a process are those its code is compiled in
  for (const name of names) await load(pages[name].url, { clients, seconds: 2, headers: pages[name].headers });
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const { perSecond } = await load(pages[name].url, { clients, seconds, headers: pages[name].headers });
      seen[name] = [...(seen[name] ?? []), perSecond];
      console.error(`  round ${round + 1}, ${name}: ${perSecond.toFixed(0)} requests/s`);
    }
  await bare.stop();
  return (['home', 'dossier'] as const).map((name) => ({
    id: name === 'home' ? 'requests a second of the home page' : 'requests a second of a dossier page',
    value: median(seen[name]!),
    unit: 'requests/s',
    against: { name: 'bare page of the framework', value: median(seen.bare!) },
    goal: 'at least 0.7 of it',
    met: median(seen[name]!) >= 0.7 * median(seen.bare!),
  }));
}

await buildIfStale();
const dataDir = await scratchData();
process.env.DATA_DIR = dataDir;
const instance = await startInstance(dataDir);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags, chromiumSandbox: false });
try {
  const applicant = await windowOf(browser, instance, 'business');
  const dossier = { id: await beginDraft(applicant), cookie: await cookieOf(applicant) };
  const measures = [
    ...(await rates(instance, dossier)),
    ...(await vitals(browser, instance.url)),
    ...(await queue(browser, instance, dossier.id)),
  ];
  await report('web', measures);
} finally {
  await browser.close();
  await instance.remove();
}
