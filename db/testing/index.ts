import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { inject, test } from 'vitest';
import { connect, type Database } from '../client.ts';
import { ensureDatabase } from '../embedded/index.ts';
import { asPool } from './as-pool.ts';
import { templateName, urlFor } from './server.ts';

/** A migrated database that belongs to one test or file: for commits, concurrency, workers and kills. */
export interface OwnDatabase {
  /** address with the rights of the application */
  url: string;
  /** address with the rights of the owner */
  ownerUrl: string;
  /** a pool with the rights of the application; it sees all rows, as the system does. A strict one: `connect(url)` */
  db: Database;
  /** a pool with the rights of the owner */
  ownerDb: Database;
  /** ends both pools and drops the database, also under those still connected */
  close(): Promise<void>;
}

let ordinal = 0;

/** Copies the template: about 50 ms; with `empty` there is no table in it. Close it in the end. */
export async function ownDatabase(options: { empty?: boolean } = {}): Promise<OwnDatabase> {
  const server = inject('testServer');
  ordinal += 1;
  const name = `own_${process.pid}_${ordinal}_${randomBytes(3).toString('hex')}`;
  const admin = urlFor(server, 'superuser', 'postgres');
  await ensureDatabase(admin, name, options.empty ? undefined : templateName);
  const url = urlFor(server, 'app', name);
  const ownerUrl = urlFor(server, 'owner', name);
  const db = connect(url, { settings: { 'app.actor_kind': 'system' } });
  const ownerDb = connect(ownerUrl, { max: 3 });
  return { url, ownerUrl, db, ownerDb, close: () => drop(admin, name, [db, ownerDb]) };
}

async function drop(admin: string, name: string, pools: Database[]): Promise<void> {
  await Promise.all(pools.map((pool) => pool.$client.end({ timeout: 1 })));
  const sql = postgres(admin, { max: 1, onnotice: () => {} });
  // a connection that is just being closed by its owner, such as a worker's, would report being cut off
  for (let i = 0; i < 40; i += 1) {
    const left = await sql`select 1 from pg_stat_activity where datname = ${name}`;
    if (left.length === 0) break;
    await sleep(25);
  }
  await sql`drop database if exists ${sql(name)} with (force)`;
  await sql.end();
}

class Undone extends Error {}

let workerPool: Promise<Database> | undefined;

/** The database of this test worker, made at its first use; transactions of tests leave nothing in it. */
function poolOfWorker(): Promise<Database> {
  workerPool ??= openWorkerPool();
  return workerPool;
}

async function openWorkerPool(): Promise<Database> {
  const server = inject('testServer');
  const name = `worker_${process.env.VITEST_POOL_ID ?? '1'}`;
  await ensureDatabase(urlFor(server, 'superuser', 'postgres'), name, templateName);
  return connect(urlFor(server, 'app', name), { max: 4, applicationName: `test-worker-${process.env.VITEST_POOL_ID}` });
}

/**
 * Runs `body` in a transaction that is rolled back whatever happens, with the rights of the application. What it gets
 * looks like a pool: a transaction opened on it, as `command()` does, is a savepoint.
 */
export async function inRolledBackTransaction<T>(body: (db: Database) => Promise<T>): Promise<T> {
  const pool = await poolOfWorker();
  let result: { value: T } | undefined;
  try {
    await pool.$client.begin(async (tx) => {
      result = { value: await body(await asPool(pool, tx)) };
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return (result as { value: T }).value;
}

/**
 * `test` with `db`: a migrated database in an open transaction, rolled back after the test; `newContext(db, …)` works
 * on it. What needs a commit, a second connection, a worker or the owner's rights takes `own`: a database for itself.
 */
export const testDatabase = test.extend<{ db: Database; own: OwnDatabase }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed
  db: async ({}, use) => {
    await inRolledBackTransaction((db) => use(db));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed
  own: async ({}, use) => {
    const own = await ownDatabase();
    try {
      await use(own);
    } finally {
      await own.close();
    }
  },
});
