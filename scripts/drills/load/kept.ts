import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { ended } from '../../ops/child.ts';

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
