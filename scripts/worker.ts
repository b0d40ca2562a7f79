// The second process: runs the jobs. `npm run worker` runs it alone, `npm start` beside the web server.
import { log } from '#server/platform/log.ts';
import { onParentGone } from './ops/child.ts';
import { openDatabase } from './ops/database.ts';
import { say, tell } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

async function work(): Promise<void> {
  const settings = await readSettings();
  const opened = settings.databaseUrl ? undefined : await openDatabase(settings, say);
  if (opened) Object.assign(process.env, await childEnvironment(settings, opened));
  const { runWorker } = await import('#server/worker.ts');
  const worker = await runWorker();
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
