// The development server with reload, and the worker, on the embedded database.
import { spawn } from 'node:child_process';
import { ended, launch, supervise } from './ops/child.ts';
import { openDatabase } from './ops/database.ts';
import { lockData } from './ops/lock.ts';
import { refuseTakenPort } from './ops/ready.ts';
import { main, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';
import { onStopSignal, whenAborted } from './ops/stop-signal.ts';

await main(async () => {
  const signal = onStopSignal();
  const settings = await readSettings();
  const lock = await lockData(settings.dataDir, settings.appUrl);
  try {
    await refuseTakenPort(settings);
    const database = await openDatabase(settings, say);
    try {
      const env = await childEnvironment(settings, database);
      if ((await ended(launch('migrate', [], env))) !== 0 || signal.aborted) return 1;
      return await develop(env, settings.port, settings.host, signal);
    } finally {
      await database.stop();
    }
  } finally {
    await lock.release();
  }
});

async function develop(env: NodeJS.ProcessEnv, port: number, host: string, signal: AbortSignal): Promise<number> {
  const worker = supervise('worker', 'worker', env);
  // the name people use: the framework takes rewrites to any other name of this host for another site
  const name = host === '127.0.0.1' ? 'localhost' : host;
  const web = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'dev', '-p', String(port), '-H', name], {
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await Promise.race([whenAborted(signal), ended(web)]);
  web.kill('SIGTERM');
  await ended(web);
  await worker.stop(10_000);
  return signal.aborted ? 0 : 1;
}
