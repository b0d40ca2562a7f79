import { sql } from 'drizzle-orm';
import { afterEach, expect } from 'vitest';
import { connect, type Database } from './client.ts';
import { testDatabase as test } from './testing/index.ts';

let pool: Database;
afterEach(async () => {
  await pool.$client.end({ timeout: 1 });
});

const kept = async (part: string): Promise<number> =>
  (
    await pool.execute<{ n: number }>(
      sql`select count(*)::int as n from pg_prepared_statements where statement like ${`%${part}%`}`,
    )
  )[0]!.n;

test('a statement is planned once a connection: alone, in a transaction and behind a savepoint', async ({ own }) => {
  pool = connect(own.url, { max: 1 });
  const ask = (on: Pick<Database, 'execute'>, n: number) => on.execute(sql`select ${n}::int + 1000 as n`);
  expect(await ask(pool, 1)).toMatchObject([{ n: 1001 }]);
  await pool.transaction(async (tx) => {
    expect(await ask(tx, 2)).toMatchObject([{ n: 1002 }]);
    await tx.transaction(async (inner) => expect(await ask(inner, 3)).toMatchObject([{ n: 1003 }]));
  });
  expect(await kept('+ 1000')).toBe(1);
});

test('a list of any length leaves nothing on the connection', async ({ own }) => {
  pool = connect(own.url, { max: 1 });
  const list = sql.join(
    Array.from({ length: 101 }, (_, n) => sql`${n}::int`),
    sql`, `,
  );
  expect(await pool.execute(sql`select 2000 as n where 5 in (${list})`)).toMatchObject([{ n: 2000 }]);
  expect(await kept('select 2000 as n')).toBe(0);
});

test('the plan of one speaker shows another nothing', async ({ own }) => {
  pool = connect(own.url, { max: 1 });
  const heard = (user: string) =>
    pool.transaction(async (tx) => {
      await tx.execute(
        sql`select set_config('app.actor_kind', 'person', true), set_config('app.user_id', ${user}, true)`,
      );
      return (await tx.execute<{ user: string }>(sql`select wall_user()::text as user where ${3000}::int > 0`))[0]!
        .user;
    });
  const two = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'] as const;
  // beyond the five runs after which Postgres settles on one plan for all
  for (let n = 0; n < 16; n += 1) expect(await heard(two[n % 2]!)).toBe(two[n % 2]);
});
