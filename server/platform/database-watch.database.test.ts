import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { connect } from '#db/client.ts';
import { appRole } from '#db/embedded/index.ts';
import { type FaultyLine, faultyLine } from '#db/testing/faulty-line.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { urlFor } from '#db/testing/server.ts';
import { closeDatabase, database } from './database.ts';
import { databaseIsAway, stopWatching, watchDatabase } from './database-watch.ts';
import { beginDraining } from './draining.ts';
import { appErrorIn } from './errors.ts';
import { readiness } from './readiness.ts';

let own: OwnDatabase;
let line: FaultyLine;

beforeAll(async () => {
  own = await ownDatabase();
  line = await faultyLine(own.url);
  Object.assign(process.env, { DATABASE_URL: line.url, DEMO: '1' });
});
afterAll(async () => {
  await line.close();
  await own.close();
});
beforeEach(async () => {
  line.set('pass');
  await watchDatabase(line.url, { every: 100, patience: 1_000 }).first;
});
afterEach(async () => {
  await stopWatching();
  await closeDatabase(1);
});

async function until(wanted: string, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while ((await readiness()) !== wanted) {
    if (Date.now() > deadline) throw new Error(`it is ${await readiness()} after ${ms} ms, not ${wanted}`);
    await sleep(20);
  }
}

const ask = () => database().execute<{ one: number }>(sql`select 1 as one`);

test.each(['swallow', 'reset'] as const)(
  'when the line does %s, readiness says so, whoever waits gets an error that means 503, and it recovers by itself',
  async (fault) => {
    await until('ready', 10_000);
    await ask();
    line.set(fault);
    const waiting = Promise.allSettled(Array.from({ length: 40 }, ask));
    await until('database', 10_000);
    expect(databaseIsAway()).toBe(true);
    const began = Date.now();
    for (const result of await waiting) {
      expect(result.status).toBe('rejected');
      expect(appErrorIn((result as PromiseRejectedResult).reason)?.code).toBe('unavailable');
    }
    expect(Date.now() - began).toBeLessThan(5_000);
    line.set('pass');
    await until('ready', 10_000);
    expect(await ask()).toMatchObject([{ one: 1 }]);
    expect(databaseIsAway()).toBe(false);
    expect(databaseIsAway(60_000)).toBe(true);
  },
);

test('readiness answers at once while the database is away', async () => {
  line.set('swallow');
  await until('database', 10_000);
  const began = Date.now();
  for (let i = 0; i < 1_000; i++) expect(await readiness()).toBe('database');
  expect(Date.now() - began).toBeLessThan(1_000);
});

test('what a restart of the server does to its connections passes within ten seconds', async () => {
  await until('ready', 10_000);
  await Promise.all(Array.from({ length: 10 }, ask));
  const name = new URL(own.url).pathname.slice(1);
  const superuser = connect(urlFor(inject('testServer'), 'superuser', 'postgres'), { max: 1 });
  const killed = await superuser.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and usename = ${appRole}`,
  );
  await superuser.$client.end();
  expect(killed.length).toBeGreaterThan(10);
  await sleep(50);
  const began = Date.now();
  for (;;) {
    const [row] = await ask().catch(() => []);
    if (row) break;
    await sleep(20);
  }
  expect(Date.now() - began).toBeLessThan(10_000);
});

test('it is migrating until the last migration is there', async () => {
  await until('ready', 10_000);
  const last = sql`select max(id) from drizzle.__drizzle_migrations`;
  const [row] = await own.ownerDb.execute<{ hash: string; created_at: string }>(
    sql`delete from drizzle.__drizzle_migrations where id = (${last}) returning hash, created_at`,
  );
  await until('migrating', 5_000);
  await own.ownerDb.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${row?.hash}, ${row?.created_at})`,
  );
  await until('ready', 5_000);
});

test('whoever drains is not ready, whatever the database says', async () => {
  await until('ready', 10_000);
  beginDraining();
  expect(await readiness()).toBe('draining');
  Reflect.deleteProperty(globalThis, 'motCuaDraining');
});
