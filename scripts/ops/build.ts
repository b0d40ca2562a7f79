import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StopError, say } from './report.ts';

const sources = ['app', 'db', 'i18n', 'messages', 'public', 'server', 'workflows'];
const singleFiles = [
  'next.config.js',
  'next.config.ts',
  'next.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'package-lock.json',
];
const marker = '.next/mot-cua-build';
/** Tests and texts about the code are not part of what is built. */
const irrelevant = /\.test\.tsx?$|\.md$|\/testing\/|^db\/(embedded|seeds|migrate)|^public\/maplibre\//;

async function filesUnder(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** One digest over everything the build depends on. */
export async function sourceDigest(): Promise<string> {
  const found = (await Promise.all(sources.map(filesUnder))).flat();
  const files = [...found, ...singleFiles.filter((file) => existsSync(file))]
    .filter((file) => !irrelevant.test(file))
    .sort();
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest('hex');
}

/** True when the last finished build was made from the present sources. */
export async function isBuilt(): Promise<boolean> {
  if (!existsSync(marker) || !existsSync('.next/BUILD_ID')) return false;
  return (await readFile(marker, 'utf8')) === (await sourceDigest());
}

/** The map's worker is loaded by its own address. */
async function copyMapWorker(): Promise<void> {
  await mkdir('public/maplibre', { recursive: true });
  const file = 'maplibre-gl-worker.mjs';
  await copyFile(`node_modules/maplibre-gl/dist/${file}`, `public/maplibre/${file}`);
}

/** Builds the web application for production. @throws when the build fails */
export async function build(signal?: AbortSignal): Promise<void> {
  await copyMapWorker();
  const digest = await sourceDigest();
  await rm(marker, { force: true });
  const began = Date.now();
  say('Building the web application (about half a minute) …');
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const stop = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', stop);
  const ticker = setInterval(() => say(`  … building: ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  const code = await new Promise<number>((done) => child.once('exit', (exit) => done(exit ?? 1)));
  clearInterval(ticker);
  signal?.removeEventListener('abort', stop);
  if (signal?.aborted) return;
  if (code !== 0) throw new StopError('The web application could not be built: see the lines above.');
  await writeFile(marker, digest);
  say(`Built in ${Math.round((Date.now() - began) / 1000)} s`);
}

/** Builds only when something changed since the last build. */
export async function buildIfStale(signal?: AbortSignal): Promise<void> {
  if (await isBuilt()) say('The web application is built already');
  else await build(signal);
}
