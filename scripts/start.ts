// The whole system on this machine: database, migrations, build, web server, worker.

import { buildIfStale } from './ops/build.ts';
import { ended, launch, supervise } from './ops/child.ts';
import { openDatabase } from './ops/database.ts';
import { keepDatabase } from './ops/keep-database.ts';
import { lockData } from './ops/lock.ts';
import { localAddress, refuseTakenPort, waitUntilReady } from './ops/ready.ts';
import { main, StopError, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';
import { onStopSignal, whenAborted } from './ops/stop-signal.ts';

/** What is started is stopped in the opposite order. */
const undo: (() => Promise<void>)[] = [];
const readyTimeout = 120_000;
/** The web server ends within 10 s, a worker after its jobs; then they are killed. */
const stopPatience = 45_000;

await main(async () => {
  const began = Date.now();
  const signal = onStopSignal();
  try {
    const failure = await start(signal, began);
    if (failure) throw new StopError(failure);
    return 0;
  } finally {
    const running = undo.length > 1;
    if (running) say('Stopping …');
    while (undo.length > 0) await undo.pop()?.();
    if (running) say('Stopped');
  }
});

/** Resolves when a signal came, or with the reason why it cannot go on. */
async function start(signal: AbortSignal, began: number): Promise<string | undefined> {
  const settings = await readSettings();
  const lock = await lockData(settings.dataDir, settings.appUrl);
  undo.push(() => lock.release());
  signal.addEventListener('abort', () => lock.announceStopping());
  await refuseTakenPort(settings);
  const database = await openDatabase(settings, say);
  undo.push(async () => {
    await database.stop();
  });
  const { url, folder } = database;
  const archive = settings.walArchive;
  const keeper = folder === undefined ? undefined : keepDatabase(settings.dataDir, { url, folder, archive }, say);
  if (keeper) undo.push(() => keeper.stop(stopPatience));
  if (signal.aborted) return undefined;

  const env = { ...(await childEnvironment(settings, database)), NODE_ENV: 'production' as const };
  say('Bringing the database up to date');
  const preparation = launch('migrate', [], env);
  signal.addEventListener('abort', () => preparation.kill('SIGTERM'));
  const code = await ended(preparation);
  if (signal.aborted) return undefined;
  if (code !== 0) return 'The database could not be brought up to date: see the lines above.';
  await buildIfStale(signal);
  if (signal.aborted) return undefined;

  say('Starting web server and worker');
  const worker = supervise('worker', 'worker', env);
  undo.push(() => worker.stop(stopPatience));
  const web = supervise('web server', 'serve', env);
  undo.push(() => web.stop(stopPatience));
  const gaveUp = Promise.race([worker.failed, web.failed, ...(keeper ? [keeper.failed] : [])]);
  const failure = await Promise.race([waitUntilReady(localAddress(settings), readyTimeout, signal), gaveUp]);
  if (failure || signal.aborted) return failure ?? undefined;
  say(`Usable after ${((Date.now() - began) / 1000).toFixed(1)} s. Ctrl-C stops it.`);
  say(`ready ${settings.appUrl}`);
  return Promise.race([gaveUp, whenAborted(signal)]);
}
