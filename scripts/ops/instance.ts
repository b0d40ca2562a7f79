import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRole, databaseName, freePort, localUrl, ownerRole, stopServer } from '#db/embedded/index.ts';
import { readState } from '#db/embedded/state.ts';
import { ended } from './child.ts';
import { StopError } from './report.ts';

/** A whole system of its own, started for a while. */
export interface Instance {
  url: string;
  dataDir: string;
  /** ms from the start to `ready` */
  startedIn: number;
  process: ChildProcess;
  /** SIGTERM and wait; the data stay */
  stop(): Promise<number>;
  /** stop, and remove the data */
  remove(): Promise<void>;
}

const prefix = 'mot-cua-data-';

/** An empty folder for data that the database's user can pass through. Those of killed runs are cleared away. */
export async function scratchData(): Promise<string> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length).split('-')[0]))) await removeData(join(tmpdir(), name));
  }
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o711);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What another process needs to work on the database of a running instance. */
export async function settingsOf(dataDir: string): Promise<Record<string, string>> {
  const state = await readState(dataDir);
  if (!state) throw new StopError(`There is no database in ${dataDir}.`);
  const { port, passwords } = state;
  return {
    DATA_DIR: dataDir,
    DATABASE_URL: localUrl(appRole, passwords.app, port, databaseName),
    DATABASE_OWNER_URL: localUrl(ownerRole, passwords.owner, port, databaseName),
  };
}

/** Removes a data folder with its database, wherever that is; stops the server when it still runs. */
export async function removeData(dataDir: string): Promise<void> {
  const state = await readState(dataDir);
  if (state) {
    await stopServer(state.folder);
    await rm(state.folder, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}

/**
 * Starts a demo on a free port with data of its own, as `npm start` does.
 * @param show gets every line it prints
 * @throws StopError with its last lines when it ends before it is ready
 */
export async function startInstance(dataDir: string, show: (line: string) => void = () => {}): Promise<Instance> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { DATABASE_URL, DATABASE_OWNER_URL, npm_lifecycle_event, ...inherited } = process.env;
  const began = Date.now();
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    env: {
      ...inherited,
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_URL: url,
      DATA_DIR: dataDir,
      DEMO: '1',
      STEP_UP_MINUTES: '60',
    },
    detached: true,
    // the channel tells it when this process dies
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        show(line);
        if (line.startsWith('ready ')) ready.resolve();
      }
    });
  }
  ended(child).then(() => ready.reject(new StopError(`The instance did not start:\n${lines.slice(-12).join('\n')}`)));
  await ready.promise;
  const stop = async () => {
    child.kill('SIGTERM');
    return ended(child);
  };
  const remove = async () => {
    await stop();
    await removeData(dataDir);
  };
  return { url, dataDir, startedIn: Date.now() - began, process: child, stop, remove };
}
