import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appRole } from '../embedded/index.ts';
import { migrate, migrationsAreCurrent } from '../migrate.ts';
import { type OwnDatabase, ownDatabase } from '../testing/index.ts';
import { BackupError, checkBackup, makeBackup, restoreBackup, restoreFiles } from './index.ts';
import { loadBackup } from './load.ts';

let folder = '';
let opened: OwnDatabase[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-backup-'));
  opened = [];
});

afterEach(async () => {
  for (const database of opened) await database.close();
  rmSync(folder, { recursive: true });
});

async function open(options: { empty?: boolean } = {}): Promise<OwnDatabase> {
  const database = await ownDatabase(options);
  opened.push(database);
  return database;
}

const backup = (own: OwnDatabase, file: string, dataFiles: string[] = []) =>
  makeBackup({
    ownerUrl: own.ownerUrl,
    file,
    version: '1.2.3',
    embedded: true,
    dataDir: folder,
    dataFiles,
    say: () => {},
    now: () => new Date(),
  });

/** Restores as the command does; the test's own pools end first, since a database in use is refused. */
async function restore(own: OwnDatabase, file: string, replace = false) {
  await own.db.$client.end();
  await own.ownerDb.$client.end();
  return restoreBackup({ ownerUrl: own.ownerUrl, appRole, file, replace, say: () => {} }, await checkBackup(file));
}

/** A file with its content, a job, a number and an audit row: one fact in five places. */
async function addFact(own: OwnDatabase, size: number): Promise<void> {
  const id = randomUUID();
  await own.db.transaction(async (tx) => {
    await tx.execute(sql`insert into sequence_counters as c (scope, key, value) values ('fact', 'x', 1)
      on conflict on constraint sequence_counters_pk do update set value = c.value + 1`);
    await tx.execute(sql`insert into files (id, name, media_type, size, sha256)
      values (${id}, ${'Bản vẽ \\N \t "tầng 1"\n2'}, 'application/pdf', ${size}, 'x')`);
    await tx.execute(sql`insert into file_chunks (file_id, ordinal, bytes) values (${id}, 0, ${randomBytes(size)})`);
    await tx.execute(sql`select enqueue('mail.send', ${JSON.stringify({ id })}::json)`);
    await tx.execute(sql`insert into audit_entries (id, at, action, outcome, actor_kind, request_id, subject_type, details, previous_digest, digest)
      values (0, now(), 'file.add', 'done', 'system', ${id}, 'file', '{"n": 1.50, "x": null}', '', '')`);
  });
}

/** A digest over every row of every table, by what Postgres prints of it. */
async function content(url: string): Promise<Record<string, string>> {
  const { default: connect } = await import('postgres');
  const client: postgres.Sql = connect(url, { max: 1, onnotice: () => {} });
  const tables = await client<{ name: string }[]>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname = 'public' or tablename like '\\_private\\_%'`;
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await client.unsafe(`select md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`);
    digests[name] = row?.digest ?? '';
  }
  await client.end();
  return digests;
}

async function ask(url: string, statement: string): Promise<postgres.Row> {
  const { default: connect } = await import('postgres');
  const client: postgres.Sql = connect(url, { max: 1, onnotice: () => {} });
  const [row] = await client.unsafe(statement);
  await client.end();
  return row ?? {};
}

test('what was backed up is there after the restore, row for row, and the chain of the audit log holds', async () => {
  const source = await open();
  for (let i = 0; i < 5; i++) await addFact(source, 300_000);
  await source.ownerDb.execute(
    sql`insert into settings (key, value) values ('null', 'null'::jsonb), ('text', '"\\u00e9\\\\"')`,
  );
  const made = await backup(source, join(folder, 'a'));
  expect(made).toMatchObject({ auditRows: 5 });
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600);
  const target = await open({ empty: true });
  await restore(target, join(folder, 'a'));
  expect(await content(target.ownerUrl)).toEqual(await content(source.ownerUrl));
  expect(await ask(target.ownerUrl, 'select * from verify_audit_chain()')).toMatchObject({
    first_bad: null,
    rows: '5',
  });
  // what comes next goes on where it stopped: numbers, links of the chain, triggers, rights
  const next = `insert into audit_entries (id, at, action, outcome, actor_kind, request_id, subject_type, details, previous_digest, digest)
    values (0, now(), 'x.y', 'done', 'system', 'r', 'file', '{}', '', '') returning id`;
  const system = `${target.url}?app.actor_kind=system`;
  expect(await ask(system, next)).toMatchObject({ id: '6' });
  await expect(ask(target.ownerUrl, 'delete from audit_entries')).rejects.toMatchObject({ code: '23001' });
  await expect(ask(target.url, 'delete from audit_entries')).rejects.toMatchObject({ code: '42501' });
  await expect(ask(system, `insert into file_chunks values (gen_random_uuid(), 0, '')`)).rejects.toMatchObject({
    code: '23503',
  });
});

test('a backup made while others write is one moment of the database', async () => {
  const source = await open();
  for (let i = 0; i < 10; i++) await addFact(source, 200_000);
  let writing = true;
  let written = 10;
  const writers = Array.from({ length: 4 }, async () => {
    while (writing) {
      await addFact(source, 1_000);
      written += 1;
    }
  });
  const before = written;
  await backup(source, join(folder, 'a'));
  const after = written;
  writing = false;
  await Promise.all(writers);
  expect(after).toBeGreaterThan(before);
  const target = await open({ empty: true });
  const { auditRows } = await restore(target, join(folder, 'a'));
  expect(auditRows).toBeLessThan(written);
  expect(
    await ask(
      target.ownerUrl,
      `select (select count(*)::int from files) as files, (select count(*)::int from file_chunks) as chunks,
        (select value from sequence_counters where scope = 'fact') as number,
        (select count(*)::int from graphile_worker.jobs) as jobs, (select first_bad from verify_audit_chain()) as bad`,
    ),
  ).toEqual({ files: auditRows, chunks: auditRows, number: auditRows, jobs: auditRows, bad: null });
});

test('a job that was being worked on is free after the restore, and who was signed in is signed out', async () => {
  const source = await open();
  await addFact(source, 1);
  await source.ownerDb.execute(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'`);
  await source.ownerDb.execute(
    sql`insert into users (id, email, name, password_hash) values (gen_random_uuid(), 'a@b.vn', 'An', 'x')`,
  );
  await source.ownerDb.execute(sql`insert into sessions (id, token_hash, user_id, expires_at)
    select gen_random_uuid(), 'h', id, now() + interval '1 day' from users`);
  await backup(source, join(folder, 'a'));
  const target = await open({ empty: true });
  await restore(target, join(folder, 'a'));
  expect(
    await ask(target.ownerUrl, 'select count(*)::int as n from graphile_worker._private_jobs where locked_by is null'),
  ).toEqual({ n: 1 });
  expect(await ask(target.ownerUrl, 'select count(*)::int as n from sessions where revoked_at is null')).toEqual({
    n: 0,
  });
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ['changed in one byte', (bytes: Buffer) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte))],
  ['repacked with other content', (bytes: Buffer) => gzipSync(replaced(gunzipSync(bytes), 'file.add', 'file.odd'))],
  ['repacked without its end', (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, -400))],
  ['some other file', () => Buffer.from('hello')],
])('a backup that is %s is refused before anything is touched', async (_how, damage) => {
  const source = await open();
  await addFact(source, 50_000);
  await backup(source, join(folder, 'a'));
  writeFileSync(join(folder, 'b'), damage(readFileSync(join(folder, 'a'))));
  await expect(checkBackup(join(folder, 'b'))).rejects.toThrow(/is damaged or incomplete \(.+\)|is no backup/);
  await expect(checkBackup(join(folder, 'b'))).rejects.toBeInstanceOf(BackupError);
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(to, copy.indexOf(from));
  return copy;
}

test('a backup of a newer version is refused in one sentence, so is one of another history', async () => {
  const source = await open();
  await source.ownerDb.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
  );
  await backup(source, join(folder, 'newer'));
  await expect(checkBackup(join(folder, 'newer'))).rejects.toThrow(
    /^The backup was made by version 1\.2\.3, which is newer/,
  );
  await source.ownerDb.execute(sql`update drizzle.__drizzle_migrations set hash = 'other' where id = 1`);
  await source.ownerDb.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'newer'`);
  await backup(source, join(folder, 'other'));
  await expect(checkBackup(join(folder, 'other'))).rejects.toThrow(/migrations differ/);
});

test('a backup of an older version is restored and brought to the present state', async () => {
  const source = await open({ empty: true });
  await migrate({ ownerUrl: source.ownerUrl, appRole, upTo: 1 });
  await source.ownerDb.execute(sql`insert into settings (key, value) values ('kept', '7')`);
  await backup(source, join(folder, 'old'));
  const target = await open({ empty: true });
  await restore(target, join(folder, 'old'));
  expect(await ask(target.ownerUrl, `select value from settings where key = 'kept'`)).toEqual({ value: 7 });
  expect(await ask(target.ownerUrl, `select to_regproc('verify_audit_chain') is not null as there`)).toEqual({
    there: true,
  });
  const { default: connect } = await import('postgres');
  const client = connect(target.ownerUrl, { max: 1 });
  expect(await migrationsAreCurrent(client)).toBe(true);
  await client.end();
});

test('a database that has tables is left alone unless it may be replaced, one in use in any case', async () => {
  const source = await open();
  await addFact(source, 10);
  await backup(source, join(folder, 'a'));
  const target = await open();
  await target.ownerDb.execute(sql`insert into settings (key, value) values ('mine', '1')`);
  const order = { ownerUrl: target.ownerUrl, appRole, file: join(folder, 'a'), replace: true, say: () => {} };
  await expect(restoreBackup(order, await checkBackup(order.file))).rejects.toThrow(
    /^The database is in use \(mot-cua\)/,
  );
  await expect(restore(target, order.file)).rejects.toThrow(/^The database has \d+ tables: .+ --replace/);
  expect(await ask(target.ownerUrl, `select count(*)::int as n from settings where key = 'mine'`)).toEqual({ n: 1 });
  await restore(target, order.file, true);
  expect(await content(target.ownerUrl)).toEqual(await content(source.ownerUrl));
});

test('a restore that fails in the middle leaves no half of a database', async () => {
  const source = await open();
  await addFact(source, 10);
  // a chunk without its file, which no rule of the source would allow
  await source.ownerDb.execute(sql`alter table file_chunks drop constraint file_chunks_file_id_files_id_fk`);
  await source.ownerDb.execute(sql`insert into file_chunks values (gen_random_uuid(), 0, '')`);
  await backup(source, join(folder, 'a'));
  const target = await open({ empty: true });
  await expect(restore(target, join(folder, 'a'))).rejects.toMatchObject({ code: '23503' });
  expect(await ask(target.ownerUrl, `select count(*)::int as n from pg_tables where schemaname = 'public'`)).toEqual({
    n: 0,
  });
});

test('rows behind a wall are backed up and restored where the owner sees them; elsewhere there is no backup', async () => {
  // as where somebody else owns the tables: the wall stands, and the policy for the owner is not there
  const wall = sql`drop policy wall_owner on files`;
  const source = await open();
  await addFact(source, 10);
  await source.ownerDb.execute(wall);
  await expect(backup(source, join(folder, 'a'))).rejects.toThrow(/does not see every row of files:/);
  expect(readdirSync(folder)).toEqual([]);
  await source.ownerDb.execute(sql`create policy files_owner on files to current_user using (true) with check (true)`);
  await backup(source, join(folder, 'a'));
  const target = await open();
  await target.ownerDb.execute(wall);
  await loadBackup(target.ownerDb.$client, join(folder, 'a'));
  expect(
    await ask(
      target.ownerUrl,
      `select relrowsecurity and relforcerowsecurity as walled, (select count(*)::int from file_chunks) as chunks
        from pg_class where relname = 'files'`,
    ),
  ).toEqual({ walled: true, chunks: 1 });
});

test('files of DATA_DIR come back for this user alone; what was there is kept beside', async () => {
  const source = await open();
  writeFileSync(join(folder, 'auth-secret'), 'old');
  await backup(source, join(folder, 'a'), ['auth-secret']);
  writeFileSync(join(folder, 'auth-secret'), 'new');
  expect(await restoreFiles(join(folder, 'a'), folder, 'x')).toEqual(['auth-secret']);
  expect(readFileSync(join(folder, 'auth-secret'), 'utf8')).toBe('old');
  expect(readFileSync(join(folder, 'auth-secret.before-x'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
});

test('a backup never overwrites another, and one that cannot be written leaves nothing', async () => {
  const source = await open();
  await backup(source, join(folder, 'a'));
  await expect(backup(source, join(folder, 'a'))).rejects.toThrow(/is there already/);
  await expect(backup(source, join(folder, 'none', 'a'))).rejects.toThrow(/cannot be written to .+ \(ENOENT\)/);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
