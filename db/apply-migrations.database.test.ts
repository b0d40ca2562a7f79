import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect } from 'vitest';
import { applyMigration, type Migration, readMigrations } from './apply-migrations.ts';
import { appliedMigrations } from './migrate.ts';
import { testDatabase as test } from './testing/index.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-migrations-'));
  mkdirSync(join(folder, 'meta'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The migrations read from files of these texts. */
function migrations(...texts: string[]): Migration[] {
  const entries = texts.map((text, index) => {
    writeFileSync(join(folder, `000${index}_m.sql`), text);
    return { tag: `000${index}_m`, when: 9_000_000_000_000 + index };
  });
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
  return readMigrations(folder);
}

const one = (text: string): Migration => migrations(text)[0] as Migration;
const breakpoint = '\n--> statement-breakpoint\n';

test('the first line of a file says how it runs', () => {
  const kinds = migrations('select 1', '-- runs alone\nselect 1', '-- runs in batches\nselect 1').map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['together', 'alone', 'batches']);
});

test('a migration that fails at its end leaves nothing of it, is not remembered, and is named', async ({ own }) => {
  const migration = one(`create table half (id int)${breakpoint}select 1 / 0`);
  await expect(applyMigration(own.ownerDb.$client, migration)).rejects.toThrow(
    /^Migration 0000_m failed, the database is as it was before it: division by zero$/,
  );
  const [row] = await own.ownerDb.execute(sql`select to_regclass('half') as name`);
  expect(row?.name).toBeNull();
  expect(await appliedMigrations(own.ownerDb.$client)).not.toContain(migration.hash);
});

test('a migration waits for a lock in short tries, so that others get their turn, and then succeeds', async ({
  own,
}) => {
  await own.ownerDb.execute(sql`create table busy (id int)`);
  await own.ownerDb.execute(sql`grant select on busy to public`);
  const held = own.db.transaction(async (tx) => {
    await tx.execute(sql`select * from busy`);
    await sleep(900);
  });
  await sleep(50);
  const migrating = applyMigration(own.ownerDb.$client, one('alter table busy add column name text'), {
    lock: 100,
    total: 20_000,
  });
  let longest = 0;
  let finished = false;
  const reading = (async () => {
    while (!finished) {
      const began = Date.now();
      await own.db.execute(sql`select * from busy`);
      longest = Math.max(longest, Date.now() - began);
      await sleep(5);
    }
  })();
  await Promise.all([held, migrating]);
  finished = true;
  await reading;
  expect(longest).toBeLessThan(850);
  await own.db.execute(sql`select name from busy`);
});

test('a migration that never gets its lock gives up in words and leaves the database as it was', async ({ own }) => {
  await own.ownerDb.execute(sql`create table busy (id int)`);
  await own.ownerDb.execute(sql`grant select on busy to public`);
  await own.db.transaction(async (tx) => {
    await tx.execute(sql`select * from busy`);
    await expect(
      applyMigration(own.ownerDb.$client, one('alter table busy add column name text'), { lock: 50, total: 300 }),
    ).rejects.toThrow(/^Migration 0000_m failed, .+lock timeout$/);
  });
});

test('an index is made beside those who write, also where an earlier try left a broken one', async ({ own }) => {
  await own.ownerDb.execute(sql`create table wide as select i as id, i % 3 as part from generate_series(1, 100) i`);
  await expect(own.ownerDb.execute(sql`create unique index concurrently wide_part on wide (part)`)).rejects.toThrow();
  await applyMigration(
    own.ownerDb.$client,
    one('-- runs alone\ncreate index concurrently if not exists wide_part on wide (part)'),
  );
  const [index] = await own.ownerDb.execute(
    sql`select indisvalid and not indisunique as sound from pg_index where indexrelid = 'wide_part'::regclass`,
  );
  expect(index?.sound).toBe(true);
});

test('rows are filled in batches, each committed by itself, until there are none left', async ({ own }) => {
  await own.ownerDb.execute(
    sql`create table many as select i as id, null::int as twice from generate_series(1, 2500) i`,
  );
  const migration = one(`-- runs in batches
    update many set twice = id * 2 where id in (select id from many where twice is null order by id limit 1000)`);
  await applyMigration(own.ownerDb.$client, migration);
  const [row] = await own.ownerDb.execute(sql`select count(*)::int as rows, count(distinct xmin::text)::int as batches
    from many where twice = id * 2`);
  expect(row).toEqual({ rows: 2500, batches: 3 });
  expect(await appliedMigrations(own.ownerDb.$client)).toContain(migration.hash);
});
