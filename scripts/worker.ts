// The second process: runs the jobs. `npm run worker` runs it alone, `npm start` beside the web server.
import './ops/quick-imports.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#server/platform/log.ts';
import { onParentGone } from './ops/child.ts';
import { say, tell } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

let taking = false;

async function work(): Promise<void> {
  const settings = await readSettings();
  // what is only needed sometimes is only loaded then, and nothing before the imports are quick
  const opened = settings.databaseUrl
    ? undefined
    : await (await import('./ops/database.ts')).openDatabase(settings, say);
  if (opened) Object.assign(process.env, await childEnvironment(settings, opened));
  const { env } = await import('#server/platform/env.ts');
  const { watchDatabase } = await import('#server/platform/database-watch.ts');
  // a queue that lost its connections is begun anew: whoever watches this process starts it again at once
  const watch = watchDatabase(env().databaseUrl!, {
    onBack: () => {
      if (!taking) return;
      log.warn('worker ends, to begin anew with the database that is back', { pid: process.pid });
      process.exit(1);
    },
  });
  for (await watch.first; watch.state === 'database'; await sleep(500));
  const { runWorker } = await import('#server/worker.ts');
  const worker = await runWorker();
  taking = true;
  log.info('worker is taking jobs', { pid: process.pid });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await worker.stop();
    await opened?.release();
    log.info('worker has stopped', { pid: process.pid });
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  onParentGone(stop);
  await worker.finished;
  if (!stopping) throw new Error('The worker ended by itself.');
}

work().catch((error) => {
  tell(error);
  process.exit(1);
});
