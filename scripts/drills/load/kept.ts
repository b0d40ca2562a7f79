import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#db/embedded/index.ts';
import { parseEnv } from '#server/platform/env.ts';
import { ended } from '../../ops/child.ts';
import { childEnvironment } from '../../ops/settings.ts';

export interface Kept {
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** A process of the application that is started again whenever it ends, as a service manager would; what it says goes to a file. */
export function keepRunning(script: 'serve' | 'worker', env: NodeJS.ProcessEnv, logFile: string): Kept {
  const output = process.env.SHOW_LOGS ? 2 : openSync(logFile, 'a');
  let stopping = false;
  let child: ChildProcess;
  const start = () => {
    if (stopping) return;
    child = spawn(process.execPath, [`scripts/${script}.ts`], { env, stdio: ['ignore', output, output, 'ipc'] });
    child.once('exit', () => setTimeout(start, 300));
  };
  start();
  return {
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended(child);
      clearTimeout(timer);
      if (output !== 2) closeSync(output);
    },
  };
}

/** Each applicant has an address of their own, as behind a proxy; otherwise all would share one allowance. */
export const trusted = '127.0.0.1,::1';

/** A web server as an operator runs it on a host of its own: the same database and secret, a free port. It need not be ready yet. */
export async function keepServing(dataDir: string, database: { url: string; ownerUrl: string }) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = parseEnv({ PORT: String(port), HOST: '127.0.0.1', APP_URL: url, DATA_DIR: dataDir, DEMO: '1' });
  const environment = await childEnvironment(settings, database);
  const env = { ...environment, TRUSTED_PROXIES: trusted, NODE_ENV: 'production' as const };
  return { url, env, web: keepRunning('serve', env, join(dataDir, `web-${port}.log`)) };
}
