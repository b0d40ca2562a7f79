import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { appRole } from './embedded/index.ts';
import { migrate, migrationsAreCurrent } from './migrate.ts';
import { testDatabase as test } from './testing/index.ts';

const auditRow = sql`insert into audit_entries (id, at, action, outcome, actor_kind, request_id, subject_type, details, previous_digest, digest)
  values (0, now(), 'dossier.receive', 'done', 'system', 'r1', 'dossier', '{}', '', '')`;

test('the application may add an audit row but neither change nor remove it', async ({ own }) => {
  await own.db.execute(auditRow);
  await expect(own.db.execute(sql`update audit_entries set action = 'x.y'`)).rejects.toMatchObject({
    cause: { code: '42501' },
  });
  await expect(own.db.execute(sql`delete from audit_entries`)).rejects.toMatchObject({ cause: { code: '42501' } });
  await expect(own.db.execute(sql`truncate audit_entries`)).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('even the owner is refused a change to an audit row by the trigger', async ({ own }) => {
  await own.db.execute(auditRow);
  await expect(own.ownerDb.execute(sql`update audit_entries set action = 'x.y'`)).rejects.toMatchObject({
    cause: { code: '23001' },
  });
});

test('the application owns nothing and cannot make a table', async ({ own }) => {
  await expect(own.db.execute(sql`create table intruder (id int)`)).rejects.toMatchObject({ cause: { code: '42501' } });
  const [row] = await own.ownerDb.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_class join pg_roles on pg_roles.oid = relowner where rolname = ${appRole}`,
  );
  expect(row?.count).toBe(0);
});

test('the application reads no job but adds one through its door', async ({ own }) => {
  await expect(own.db.execute(sql`select * from graphile_worker.jobs`)).rejects.toMatchObject({
    cause: { code: '42501' },
  });
  await own.db.execute(sql`select enqueue('mail.send', '{"to":"a@b.vn"}'::json)`);
  const [row] = await own.ownerDb.execute<{ name: string }>(
    sql`select task_identifier as name from graphile_worker.jobs`,
  );
  expect(row?.name).toBe('mail.send');
});

test('migrating a database that is current changes nothing, also when two hosts do it at once', async ({ own }) => {
  const said: string[] = [];
  const target = { ownerUrl: own.ownerUrl, appRole, say: (line: string) => said.push(line) };
  await Promise.all([migrate(target), migrate(target)]);
  expect(said).toEqual([]);
  expect(await migrationsAreCurrent(own.db.$client)).toBe(true);
});

test('a database that lacks a migration is not current', async ({ own }) => {
  await own.ownerDb.execute(
    sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`,
  );
  expect(await migrationsAreCurrent(own.db.$client)).toBe(false);
});

test('a database made by other migrations is refused in words, one with newer ones besides is not', async ({ own }) => {
  const target = { ownerUrl: own.ownerUrl, appRole };
  await own.ownerDb.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
  );
  const said: string[] = [];
  await migrate({ ...target, say: (line) => said.push(line) });
  expect(said).toEqual([expect.stringContaining('newer version')]);
  await own.ownerDb.execute(sql`update drizzle.__drizzle_migrations set hash = 'other' where id = 1`);
  await expect(migrate(target)).rejects.toThrow(/migrations differ/);
});

let markerOfFirst: string | undefined;
test('what a test writes is gone in the next one: first the row is there', async ({ db }) => {
  markerOfFirst = `marker-${Math.random()}`;
  await db.execute(sql`insert into settings (key, value) values (${markerOfFirst}, '1')`);
  const rows = await db.execute(sql`select 1 from settings where key = ${markerOfFirst}`);
  expect(rows).toHaveLength(1);
});

test('what a test writes is gone in the next one: then it is not', async ({ db }) => {
  expect(markerOfFirst).toBeDefined();
  const rows = await db.execute(sql`select 1 from settings where key = ${markerOfFirst ?? ''}`);
  expect(rows).toHaveLength(0);
});
