import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StopError } from './report.ts';

interface Holder {
  pid: number;
  url: string;
  stopping: boolean;
}

/** That one `start` or `dev` uses a data folder at a time. */
export interface DataLock {
  /** tells a next start that it is worth waiting */
  announceStopping(): Promise<void>;
  release(): Promise<void>;
}

const patience = 45_000;

/** Who holds the folder now; a holder that died without a word holds nothing. */
export function holderOf(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(lockFile(dataDir), 'utf8')) as Holder;
    return isOurs(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

const lockFile = (dataDir: string) => join(dataDir, 'running.json');

/** The number of a dead process may be another's by now: where the command line can be read, it decides. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!existsSync('/proc/self/cmdline')) return true;
  return /scripts\/(start|dev|run|restore)\./.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
}

/** Takes the data folder, waiting for a start that is just ending. @throws when another one keeps running */
export async function lockData(dataDir: string, url: string): Promise<DataLock> {
  const deadline = Date.now() + patience;
  for (let holder = holderOf(dataDir); holder && holder.pid !== process.pid; holder = holderOf(dataDir)) {
    if (!holder.stopping || Date.now() > deadline) {
      throw new StopError(
        `It is running already at ${holder.url} (process ${holder.pid}): stop that one, or set DATA_DIR to another folder.`,
      );
    }
    await sleep(100);
  }
  const write = (stopping: boolean) =>
    writeFile(lockFile(dataDir), JSON.stringify({ pid: process.pid, url, stopping }));
  await write(false);
  return { announceStopping: () => write(true), release: () => rm(lockFile(dataDir), { force: true }) };
}
