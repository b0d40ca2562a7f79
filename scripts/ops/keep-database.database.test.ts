import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedDatabase, openEmbedded, runningServer } from '#db/embedded/index.ts';
import type { Supervised } from './child.ts';
import { keepDatabase } from './keep-database.ts';

let dataDir = '';
let database: EmbeddedDatabase;
let keeper: Supervised;
let said: string[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-kept-'));
  chmodSync(dataDir, 0o711);
  database = await openEmbedded(dataDir);
  said = [];
  keeper = keepDatabase(dataDir, database, (line) => said.push(line));
});

afterEach(async () => {
  await keeper.stop(0);
  await database.stop();
  rmSync(database.folder, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const pid = () => runningServer(database.folder)?.pid;

async function ask(statement: string): Promise<unknown> {
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement))[0];
  } finally {
    await sql.end();
  }
}

test('a Postgres that was killed is started again at the same address, with everything committed', async () => {
  await ask('create table kept as select 7 as value');
  const killed = pid()!;
  process.kill(killed, 'SIGKILL');
  await vi.waitUntil(() => (pid() ?? killed) !== killed, { timeout: 60_000, interval: 50 });
  await vi.waitUntil(() => said.some((line) => line.startsWith('Starting Postgres')), { timeout: 5_000 });
  await vi.waitFor(async () => expect(await ask('select value from kept')).toEqual({ value: 7 }), { timeout: 20_000 });
  expect(said[0]).toBe('Postgres ended unexpectedly; starting it again in 0.5 s');
});

test('one that cannot start is tried again, with the reason told each time', async () => {
  const cut = join(database.folder, 'PG_VERSION');
  rmSync(cut);
  process.kill(pid()!, 'SIGQUIT');
  const reasons = () => said.filter((line) => line.includes('missing or broken'));
  await vi.waitUntil(() => reasons().length > 1, { timeout: 20_000, interval: 50 });
  const pauses = said.flatMap((line) => /starting it again in (.+) s/.exec(line)?.[1] ?? []);
  expect(pauses.slice(0, 2)).toEqual(['0.5', '1']);
});

test('a database whose port was taken meanwhile is not served at another behind everybody‘s back', async () => {
  const { port } = new URL(database.url);
  const stranger = createServer();
  process.kill(pid()!, 'SIGQUIT');
  await vi.waitUntil(() => pid() === undefined, { timeout: 10_000, interval: 5 });
  await new Promise<void>((done) => stranger.listen(Number(port), '127.0.0.1', done));
  expect(await keeper.failed).toMatch(/another port/);
  stranger.close();
});

test('one that is stopped on purpose stays stopped', async () => {
  await keeper.stop(0);
  await database.stop();
  expect(pid()).toBeUndefined();
  expect(said).toEqual([]);
});
