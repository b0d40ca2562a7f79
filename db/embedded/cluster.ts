import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, statfsSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerUser } from './place.ts';
import type { Program } from './program.ts';

/** A cluster on disk and what is needed to run it. */
export interface Cluster {
  program: Program;
  user: ServerUser;
  /** the data folder (PGDATA) */
  folder: string;
  /** where the server's own messages go */
  logFile: string;
}

export interface RunningServer {
  pid: number;
  port: number;
}

const startTimeout = 60_000;
const stopTimeout = 30_000;

/** Makes an empty UTF-8 cluster with a superuser `postgres` of that password. */
export async function initialise({ program, user, folder }: Cluster, password: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid);
  const options = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--auth=scram-sha-256',
  ];
  const result = spawnSync(
    program.initdb,
    ['-D', folder, '-U', 'postgres', '--pwfile', passwordFile, '--no-instructions', '--no-sync', ...options],
    { ...user, cwd: '/', encoding: 'utf8' },
  );
  await rm(passwordFile);
  if (result.status !== 0)
    throw new Error(`Postgres could not make its data folder ${folder}: ${reasonOf(result.stderr ?? '', folder)}`);
}

/** Below this a server cannot so much as write its pid file. */
const leastRoom = 64 * 1024;

/** The line that says why, with its detail; a full disk may not even have taken that. */
function reasonOf(text: string, folder: string): string {
  const lines = text.trim().split('\n');
  const telling = lines.findLastIndex((line) => /FATAL|PANIC|error while loading|could not|error:/.test(line));
  const detail = /DETAIL:\s*(.*)/.exec(lines[telling + 1] ?? '')?.[1];
  const reason = (lines[telling] ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|error):\s*/, '');
  if (reason === '' || /No space left/.test(text)) {
    const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : dirname(folder));
    if (bavail * bsize < leastRoom || /No space left/.test(text))
      return 'the disk is full: free some room and start again';
  }
  return detail ? `${reason} (${detail})` : reason;
}

/** A port on loopback that is free now: `preferred` when it still is. */
export async function freePort(preferred = 0): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number | undefined>((done) => {
      const server = createServer();
      server.once('error', () => done(undefined));
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = server.address();
        server.close(() => done(typeof address === 'object' && address ? address.port : undefined));
      });
    });
  const port = (await attempt(preferred)) ?? (await attempt(0));
  if (port === undefined) throw new Error('No free port was found on 127.0.0.1.');
  return port;
}

/** The server that uses this folder now, also when the process that started it has died. */
export function runningServer(folder: string): RunningServer | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!(pid > 1) || !isPostgresOf(pid, folder)) return undefined;
  return { pid, port: Number(lines[3]) };
}

/** A number in a left-over pid file may meanwhile belong to any process: the command line tells. */
function isPostgresOf(pid: number, folder: string): boolean {
  const commandLine = existsSync('/proc/self/cmdline')
    ? readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
    : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return commandLine.includes('postgres') && commandLine.includes(folder);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function isReady(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n')[7]?.trim() === 'ready';
}

/**
 * Starts the server on loopback and waits until it answers. It runs in a group of its own, so that Ctrl-C at the
 * terminal reaches it only through `stopServer`, after those who use it.
 * @param settings server settings such as `{ fsync: 'off' }`
 * @param patience ms until it has to answer
 */
export async function startServer(
  cluster: Cluster,
  port: number,
  settings: Record<string, string> = {},
  patience = startTimeout,
): Promise<RunningServer> {
  const { program, user, folder, logFile } = cluster;
  await forgetDeadServer(folder);
  const fixed = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  const options = Object.entries({ ...fixed, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(logFile, 'a', 0o600);
  const logged = fstatSync(output).size;
  const child = spawn(program.postgres, ['-D', folder, '-p', String(port), ...options], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, LC_ALL: 'C' },
  });
  closeSync(output);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(20)) {
    if (ended)
      throw new Error(
        `Postgres stopped while starting on ${folder}: ${reasonOf(textFrom(logFile, logged), folder)} (see ${logFile})`,
      );
    if (await isReady(folder)) return { pid: child.pid ?? 0, port };
  }
  throw new Error(`Postgres did not become ready within ${patience / 1000} s (see ${logFile}).`);
}

/** What the server wrote in this run; the log before byte `from` is of earlier ones. */
function textFrom(logFile: string, from: number): string {
  return Buffer.from(readIfThere(logFile)).subarray(from).toString();
}

/** Removes the pid file of a server that is gone: its number may be in use by another process. */
async function forgetDeadServer(folder: string): Promise<void> {
  if (existsSync(join(folder, 'postmaster.pid')) && runningServer(folder) === undefined) {
    await rm(join(folder, 'postmaster.pid'), { force: true });
  }
}

/** Whether the server of a folder ends within so many ms. */
export async function isGone(folder: string, within: number): Promise<boolean> {
  for (const deadline = Date.now() + within; Date.now() < deadline; await sleep(20))
    if (runningServer(folder) === undefined) return true;
  return false;
}

/** Stops the server of this folder: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(folder: string): Promise<void> {
  const server = runningServer(folder);
  if (server === undefined) return;
  process.kill(server.pid, 'SIGINT');
  if (await isGone(folder, stopTimeout)) return;
  throw new Error(
    `Postgres (process ${server.pid}) did not stop within ${stopTimeout / 1000} s in ${dirname(folder)}.`,
  );
}
