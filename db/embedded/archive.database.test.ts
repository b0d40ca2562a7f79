import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { baseBefore, type EmbeddedDatabase, makeBase, openEmbedded, restoreTo, stopServer } from './index.ts';

let scratch = '';
let folders: string[] = [];

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'mot-cua-archive-'));
  await chmod(scratch, 0o711);
  folders = [];
});

afterEach(async () => {
  for (const folder of folders) {
    await stopServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(scratch, { recursive: true, force: true });
});

async function open(name: string): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(join(scratch, name), () => {}, join(scratch, 'archive'));
  folders.push(database.folder);
  return database;
}

async function ask(url: string, ...statements: string[]): Promise<postgres.Row | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    let row: postgres.Row | undefined;
    for (const statement of statements) [row] = await sql.unsafe(statement);
    return row;
  } finally {
    await sql.end();
  }
}

const archive = () => join(scratch, 'archive');
const archiveAll = async ({ superuserUrl }: EmbeddedDatabase): Promise<void> => {
  const row = await ask(superuserUrl, 'select pg_walfile_name(pg_switch_wal() - 1::numeric) as name');
  await expect.poll(() => readdirSync(join(archive(), 'wal')), { timeout: 30_000 }).toContain(row?.name);
};

test('a base backup and the archived WAL bring back the second before a mistake, more than once', async () => {
  const first = await open('first');
  const { superuserUrl, folder } = first;
  await ask(first.ownerUrl, 'create table kept as select 1 as value');
  const files = [join(scratch, 'first', 'database.json')];
  const base = await makeBase(superuserUrl, { folder, archive: archive(), files });
  expect(await baseBefore(archive(), new Date())).toBe(base);
  await expect(baseBefore(archive(), new Date(0))).rejects.toThrow(/no base backup that was made before 1970/);
  await ask(first.ownerUrl, 'insert into kept values (2)');
  await sleep(50);
  const until = new Date();
  await sleep(50);
  await ask(first.ownerUrl, 'drop table kept');
  await archiveAll(first);
  await first.stop();
  const restore = (name: string, at: Date) =>
    restoreTo({ dataDir: join(scratch, name), base, archive: archive(), until: at });

  for (const name of ['second', 'third']) {
    await restore(name, until);
    const again = await open(name);
    expect(await ask(again.ownerUrl, 'select sum(value)::int as sum from kept')).toEqual({ sum: 3 });
    await again.stop();
  }
  await expect(restore('third', until)).rejects.toThrow(/holds a database already/);
  await expect(restore('fourth', new Date('2999-01-01'))).rejects.toThrow(/^The archive does not lead to 2999/);
  expect(existsSync(join(scratch, 'fourth', 'postgres'))).toBe(false);
}, 120_000);

test('without an archive no base backup is begun, and one that fails is seen in the server’s own numbers', async () => {
  const { superuserUrl, folder, stop } = await openEmbedded(join(scratch, 'first'));
  folders.push(folder);
  await expect(makeBase(superuserUrl, { folder, archive: scratch, files: [] })).rejects.toThrow(/archives no WAL/);
  expect(readdirSync(scratch)).toEqual(['first']);
  await stop();
  await open('first');
  renameSync(join(archive(), 'wal'), join(archive(), 'away'));
  await ask(superuserUrl, 'create table kept as select 1', 'select pg_switch_wal()');
  const failed = async () => (await ask(superuserUrl, 'select failed_count::int as n from pg_stat_archiver'))?.n;
  await expect.poll(failed, { timeout: 30_000 }).toBeGreaterThan(0);
}, 120_000);
