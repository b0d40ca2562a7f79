import { chmod, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { readMigrations } from '../apply-migrations.ts';
import { migrate, migrationsFolder } from '../migrate.ts';
import { nameOf, tablesIn } from './catalogue.ts';
import { ownerConnection } from './connection.ts';
import { BackupError, type End, type Manifest, readBackup } from './container.ts';
import { loadBackup } from './load.ts';

export interface CheckedBackup {
  manifest: Manifest;
  end: End;
  /** names of the files of DATA_DIR in it */
  files: string[];
}

export interface RestoreOrder {
  ownerUrl: string;
  appRole: string;
  file: string;
  /** whether what is in the database may be removed */
  replace: boolean;
  say: (line: string) => void;
}

/**
 * Reads a backup from its first to its last byte, and compares its versions with this one's; touches nothing.
 * @throws BackupError in one sentence
 */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  let manifest: Manifest | undefined;
  let end: End | undefined;
  const files: string[] = [];
  for await (const { header } of readBackup(file)) {
    if (header.kind === 'manifest') manifest = header;
    if (header.kind === 'file') files.push(header.path);
    if (header.kind === 'end') end = header;
  }
  if (!manifest || !end) throw new BackupError(`${file} is no backup.`);
  const known = readMigrations(migrationsFolder).map((migration) => migration.hash);
  const newer = `The backup was made by version ${manifest.version}, which is newer than this one: restore it with that version.`;
  if (manifest.migrations.length > known.length || manifest.workerMigration > (await knownWorkerMigration()))
    throw new BackupError(newer);
  if (manifest.migrations.some((hash, index) => hash !== known[index])) {
    throw new BackupError(
      `The backup was made by version ${manifest.version}, whose migrations differ from those of this one: restore it with that version.`,
    );
  }
  return { manifest, end, files };
}

/** The last migration that the installed job queue brings. */
async function knownWorkerMigration(): Promise<number> {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('graphile-worker'))), '..', 'sql');
  return Math.max(...(await readdir(folder)).map((file) => Number.parseInt(file, 10)).filter(Number.isFinite));
}

/**
 * Brings a checked backup into an empty database: tables as they were then, rows, and what has changed in the tables since.
 * @throws BackupError in one sentence
 */
export async function restoreBackup(order: RestoreOrder, { manifest }: CheckedBackup): Promise<End> {
  const { ownerUrl, appRole, file, replace, say } = order;
  const sql = ownerConnection(ownerUrl, 'mot-cua-restore');
  try {
    await refuseUsers(sql);
    const present = await ownTables(sql);
    if (present > 0 && !replace) {
      throw new BackupError(
        `The database has ${present} tables: restore into an empty one, or add --replace to remove all that is in it.`,
      );
    }
    if (present > 0) {
      say('Removing what is in the database');
      await empty(sql);
    }
    try {
      say('Making the tables as they were');
      await migrate({ ownerUrl, appRole, upTo: manifest.migrations.length });
      say('Loading the rows');
      const end = await loadBackup(sql, file);
      await migrate({ ownerUrl, appRole, say });
      await sql.unsafe(`analyze ${(await tablesIn(sql)).map(nameOf).join(', ')}`);
      return end;
    } catch (error) {
      // nobody shall take a database of empty tables for the restored one
      await empty(sql).catch(() => {});
      throw error;
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function ownTables(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'drizzle', 'graphile_worker')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
  return row!.count;
}

/** A web server or worker that is at it would read half of one state and half of the other. */
async function refuseUsers(sql: postgres.Sql): Promise<void> {
  const rows = await sql<{ name: string }[]>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  if (rows.length > 0) {
    throw new BackupError(
      `The database is in use (${rows.map((row) => row.name || 'a client').join(', ')}): stop web servers and workers first.`,
    );
  }
}

/** Removes the tables of this project and what belongs to them; other schemas are left alone. */
async function empty(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`drop schema if exists graphile_worker cascade`;
    await tx`drop schema if exists drizzle cascade`;
    const rows = await tx<{ statement: string }[]>`
      select 'drop table if exists public.' || quote_ident(relname) || ' cascade' as statement from pg_class c
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
    for (const { statement } of rows) await tx.unsafe(statement);
    const routines = await tx<{ statement: string }[]>`
      select 'drop routine if exists ' || p.oid::regprocedure || ' cascade' as statement from pg_proc p
      where pronamespace = 'public'::regnamespace
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
    for (const { statement } of routines) await tx.unsafe(statement);
    const others = await tx<{ statement: string }[]>`
      select 'drop type if exists ' || t.oid::regtype || ' cascade' as statement from pg_type t
      where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
        and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')
      union all
      select 'drop sequence if exists ' || c.oid::regclass || ' cascade' from pg_class c
      where relnamespace = 'public'::regnamespace and relkind = 'S'
      union all
      select 'drop view if exists ' || c.oid::regclass || ' cascade' from pg_class c
      where relnamespace = 'public'::regnamespace and relkind = 'v'
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
    for (const { statement } of others) await tx.unsafe(statement);
  });
}

/** Puts the files of DATA_DIR back; one that is there and says something else is kept beside under another name. */
export async function restoreFiles(file: string, dataDir: string, stamp: string): Promise<string[]> {
  const restored: string[] = [];
  for await (const { header, body } of readBackup(file)) {
    if (header.kind !== 'file') continue;
    if (header.path !== basename(header.path))
      throw new BackupError(`The backup names a file outside: ${header.path}.`);
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const path = join(dataDir, header.path);
    await rename(path, `${path}.before-${stamp}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await writeFile(path, Buffer.concat(chunks), { mode: 0o600 });
    await chmod(path, 0o600);
    restored.push(header.path);
  }
  return restored;
}
