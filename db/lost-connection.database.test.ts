import { sql } from 'drizzle-orm';
import { afterEach, expect } from 'vitest';
import { connect, type Database } from './client.ts';
import { faultyLine } from './testing/faulty-line.ts';
import { testDatabase as test } from './testing/index.ts';

/** A pool of one connection: whoever comes next gets the one that was lost. */
let pool: Database;

afterEach(async () => {
  await pool.$client.end({ timeout: 1 });
});

const pidOf = async (db: Pick<Database, 'execute'>) =>
  (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]!.pid;

test('a transaction whose connection died between two statements is refused, and the pool serves on', async ({
  own,
}) => {
  pool = connect(own.ownerUrl, { max: 1 });
  const killer = connect(own.ownerUrl, { max: 1 });
  const broken = pool.transaction(async (tx) => {
    await killer.execute(sql`select pg_terminate_backend(${await pidOf(tx)})`);
    await new Promise((done) => setTimeout(done, 100));
    await tx.execute(sql`select 1`);
  });
  await expect(broken).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_|57P01)/) });
  expect(await pool.execute(sql`select 7 as n`)).toMatchObject([{ n: 7 }]);
  await killer.$client.end();
});

test('a line cut in the middle of a statement leaves no answer behind for whoever asks next', async ({ own }) => {
  const line = await faultyLine(own.ownerUrl);
  pool = connect(line.url, { max: 1 });
  const broken = pool.transaction(async (tx) => {
    setTimeout(() => line.set('reset'), 100);
    await tx.execute(sql`select pg_sleep(5)`);
  });
  await expect(broken).rejects.toThrow();
  line.set('pass');
  for (let n = 0; n < 5; n += 1) expect(await pool.execute(sql`select ${n}::int as n`)).toMatchObject([{ n }]);
  await line.close();
});

test('what a lost transaction still wanted to write is never written into the next one', async ({ own }) => {
  pool = connect(own.ownerUrl, { max: 1 });
  const killer = connect(own.ownerUrl, { max: 1 });
  await killer.execute(sql`create table written (by text)`);
  const goOn = Promise.withResolvers<void>();
  const began = Promise.withResolvers<number>();
  let late: unknown;
  const lost = pool.transaction(async (tx) => {
    began.resolve(await pidOf(tx));
    await goOn.promise;
    await tx.execute(sql`insert into written values ('lost')`).catch((error) => {
      late = error;
      throw error;
    });
  });
  await killer.execute(sql`select pg_terminate_backend(${await began.promise})`);
  await expect(lost).rejects.toThrow();
  await pool.transaction(async (tx) => {
    await tx.execute(sql`insert into written values ('next')`);
    goOn.resolve();
    await new Promise((done) => setTimeout(done, 100));
    await tx.execute(sql`insert into written values ('next')`);
  });
  expect(late).toMatchObject({ cause: { code: 'CONNECTION_CLOSED' } });
  expect(await killer.execute(sql`select by from written`)).toMatchObject([{ by: 'next' }, { by: 'next' }]);
  await killer.$client.end();
});
