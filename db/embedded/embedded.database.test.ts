import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedDatabase, openEmbedded, runningServer, stopServer } from './index.ts';

let dataDir = '';
let folders: string[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-embedded-'));
  chmodSync(dataDir, 0o711);
  folders = [];
});

afterEach(async () => {
  for (const folder of folders) {
    await stopServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(folder = dataDir): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(folder);
  folders.push(database.folder);
  return database;
}

async function ask(url: string, statement: string): Promise<postgres.Row | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(statement);
    return row;
  } finally {
    await sql.end();
  }
}

test('a stopped database has everything that was committed when it starts again', async () => {
  const first = await open();
  await ask(first.ownerUrl, 'create table kept as select 7 as value');
  await first.stop();
  expect(runningServer(first.folder)).toBeUndefined();
  const second = await open();
  expect(await ask(second.ownerUrl, 'select value from kept')).toEqual({ value: 7 });
});

test('a database whose server was killed starts again with everything committed', async () => {
  const first = await open();
  await ask(first.ownerUrl, 'create table kept as select 7 as value');
  process.kill(runningServer(first.folder)?.pid ?? 0, 'SIGKILL');
  const second = await open();
  expect(await ask(second.ownerUrl, 'select value from kept')).toEqual({ value: 7 });
});

test('a server that is found and then dies before it answers is started anew', async () => {
  const first = await open();
  await ask(first.ownerUrl, 'create table kept as select 8 as value');
  const { pid } = runningServer(first.folder)!;
  // it takes connections and answers none: whoever opens it now waits until it dies
  process.kill(pid, 'SIGSTOP');
  const opening = open();
  await sleep(300);
  process.kill(pid, 'SIGKILL');
  const second = await opening;
  expect(second.adopted).toBe(false);
  expect(await ask(second.ownerUrl, 'select value from kept')).toEqual({ value: 8 });
});

test('a server left behind by a process that died is adopted, not started twice', async () => {
  const first = await open();
  const second = await open();
  expect(second.adopted).toBe(true);
  expect(second.url).toBe(first.url);
});

test('a pid file that names another program does not stop the start', async () => {
  const first = await open();
  await first.stop();
  const stranger = spawn('sleep', ['60']);
  writeFileSync(join(first.folder, 'postmaster.pid'), `${stranger.pid}\n${first.folder}\n0\n1\n\n127.0.0.1\n\nready\n`);
  const second = await open();
  expect(second.adopted).toBe(false);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test('passwords are for this user alone, and the server listens on loopback alone', async () => {
  const { url, ownerUrl } = await open();
  expect(statSync(join(dataDir, 'database.json')).mode & 0o777).toBe(0o600);
  expect(await ask(ownerUrl, 'show listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
  await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test('a broken data folder is told in one sentence', async () => {
  const first = await open();
  await first.stop();
  rmSync(join(first.folder, 'global', 'pg_control'));
  await expect(open()).rejects.toThrow(
    /^Postgres stopped while starting on .+: .*pg_control.*\(see .+postgres\.log\)$/s,
  );
});

test('a data folder without its passwords is not overwritten', async () => {
  const first = await open();
  await first.stop();
  rmSync(join(dataDir, 'database.json'));
  await expect(open()).rejects.toThrow(/passwords is missing/);
  expect(existsSync(join(first.folder, 'PG_VERSION'))).toBe(true);
});

test('a damaged state file is named', async () => {
  writeFileSync(join(dataDir, 'database.json'), '{');
  await expect(open()).rejects.toThrow(/database\.json is damaged/);
});

test.runIf(process.getuid?.() === 0)(
  'where the server‘s user cannot enter the data folder, the cluster lies outside and is named',
  async () => {
    const locked = join(dataDir, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    const said: string[] = [];
    const database = await openEmbedded(join(locked, 'data'), (line) => said.push(line));
    folders.push(database.folder);
    expect(database.folder.startsWith(dataDir)).toBe(false);
    expect(said.join('\n')).toContain(database.folder);
    expect(JSON.parse(readFileSync(join(locked, 'data', 'database.json'), 'utf8')).folder).toBe(database.folder);
  },
);

test('data of another major version are left alone and named', async () => {
  const first = await open();
  await first.stop();
  writeFileSync(join(first.folder, 'PG_VERSION'), '14\n');
  await expect(open()).rejects.toThrow(
    /^Postgres stopped while starting on .+ incompatible .+ version 14.+18.+\(see .+\)$/s,
  );
  writeFileSync(join(first.folder, 'PG_VERSION'), '18\n');
  await open();
});

test('a folder that is not Postgres‘s is not touched', async () => {
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'thesis.txt'), 'years of work');
  await expect(open()).rejects.toThrow(/is not empty and holds no database: .+ Nothing in it was changed\.$/);
  expect(readFileSync(join(dataDir, 'postgres', 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('a first start that was killed half-way begins anew', async () => {
  mkdirSync(join(dataDir, 'postgres', 'base'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
  writeFileSync(join(dataDir, 'postgres.unfinished'), '');
  const database = await open();
  expect(await ask(database.ownerUrl, 'select 1 as one')).toEqual({ one: 1 });
  expect(existsSync(join(dataDir, 'postgres.unfinished'))).toBe(false);
});

test('data a server has run on are never taken for a first start that was killed', async () => {
  const first = await open();
  await first.stop();
  rmSync(join(dataDir, 'database.json'));
  writeFileSync(join(dataDir, 'postgres.unfinished'), '');
  await expect(open()).rejects.toThrow(/passwords is missing/);
  expect(existsSync(join(first.folder, 'PG_VERSION'))).toBe(true);
});

test.runIf(process.getuid?.() === 0)('a data folder that belongs to another user is told in one sentence', async () => {
  const first = await open();
  await first.stop();
  const { uid } = statSync(first.folder);
  chownSync(first.folder, 65_534, 65_534);
  await expect(open()).rejects.toThrow(/^Postgres stopped while starting on .+: .*(ownership|[Pp]ermission denied)/s);
  chownSync(first.folder, uid, uid);
  await open();
});

const smallDisk = join(tmpdir(), `mot-cua-disk-${process.pid}`);
mkdirSync(smallDisk, { recursive: true });
const canMount =
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=711', 'tmpfs', smallDisk]).status === 0;
if (canMount) spawnSync('umount', [smallDisk]);
rmSync(smallDisk, { recursive: true });

test.runIf(canMount)(
  'on a full disk the first start says so and leaves nothing behind; with room it begins',
  async () => {
    mkdirSync(smallDisk);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=711', 'tmpfs', smallDisk]);
    try {
      await expect(open(smallDisk)).rejects.toThrow(
        /^Postgres could not make its data folder .+: the disk is full: free/,
      );
      expect(readdirSync(smallDisk)).toEqual([]);
      spawnSync('mount', ['-o', 'remount,size=200m', smallDisk]);
      const database = await open(smallDisk);
      await ask(database.ownerUrl, 'create table kept as select 7 as value');
      await database.stop();
      spawnSync('/bin/sh', ['-c', `cat /dev/zero > ${smallDisk}/ballast 2>/dev/null`]);
      await expect(open(smallDisk)).rejects.toThrow(
        /^Postgres stopped while starting on .+: the disk is full: free some room/,
      );
      rmSync(join(smallDisk, 'ballast'));
      const again = await open(smallDisk);
      expect(await ask(again.ownerUrl, 'select value from kept')).toEqual({ value: 7 });
      await again.stop();
    } finally {
      spawnSync('umount', [smallDisk]);
      rmSync(smallDisk, { recursive: true, force: true });
      folders = folders.filter((folder) => !folder.startsWith(smallDisk));
    }
  },
);
