import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { applyMigration, ensureMigrationsTable, type Migration, readMigrations } from './apply-migrations.ts';
import { refuseOldServer } from './server-version.ts';

export const migrationsFolder = new URL('migrations', import.meta.url).pathname;
/** Any number all processes agree on: only one migrates at a time, and none while a backup is made. */
export const migrationLock = 7_466_811;
/** The application may add rows to these, and read them; nothing else. */
const appendOnlyTables = [
  'audit_entries',
  'audit_heads',
  'batch_reports',
  'clock_events',
  'declared_prices',
  'dossier_event_files',
  'dossier_events',
  'dossier_reads',
  'equipment_checks',
  'equipment_statuses',
  'facility_changes',
  'process_definitions',
  'process_history',
  'quality_tests',
  'recall_answers',
];

export interface MigrationTarget {
  /** address with the rights of the owner */
  ownerUrl: string;
  /** the role the application connects as */
  appRole: string;
  say?: (line: string) => void;
  /** how many of the migrations, for a restore of an older backup; all when not said */
  upTo?: number;
  /** where they are; this project's own when not said */
  folder?: string;
}

/**
 * Brings the database to the present state: the worker's own tables, this project's migrations, the rights of the
 * application's role. Any number of hosts may call it at once; all but one wait.
 * @throws with one sentence when the server is too old or a migration fails
 */
export async function migrate(target: MigrationTarget): Promise<void> {
  const { ownerUrl, appRole, say = () => {}, folder = migrationsFolder } = target;
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'mot-cua-migrate', statement_timeout: 0, client_connection_check_interval: 1_000 },
  });
  try {
    await refuseOldServer(sql);
    await takeMigrationLock(sql, say);
    await runMigrations({ connectionString: ownerUrl });
    const wanted = readMigrations(folder).slice(0, target.upTo);
    const applied = await appliedMigrations(sql);
    refuseOtherHistory(applied, wanted);
    const missing = wanted.slice(applied.length);
    if (missing.length > 0) say(`Applying ${missing.length} of ${wanted.length} migrations`);
    if (applied.length > wanted.length)
      say('The database has migrations of a newer version; this version leaves them alone');
    await ensureMigrationsTable(sql);
    for (const migration of missing) await applyMigration(sql, migration);
    await grantToApp(sql, appRole);
  } finally {
    await sql.end();
  }
}

/**
 * Asks again and again instead of queueing: a session that waits inside a statement holds a snapshot, and
 * `create index concurrently` of the host that migrates would wait for it for ever.
 */
async function takeMigrationLock(sql: postgres.Sql, say: (line: string) => void): Promise<void> {
  for (let told = false, began = Date.now(); ; ) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${migrationLock}) as taken`;
    if (row?.taken) return;
    if (!told && Date.now() - began > 2_000) {
      say('Waiting: another host migrates this database, or a backup is being made');
      told = true;
    }
    await sleep(100);
  }
}

/** Digests of the migrations a database has had, in order. */
export async function appliedMigrations(sql: postgres.Sql): Promise<string[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return [];
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at, id`;
  return rows.map((row) => row.hash);
}

/** A database that has had other migrations than ours so far cannot be brought on. */
function refuseOtherHistory(applied: string[], wanted: Migration[]): void {
  const known = Math.min(applied.length, wanted.length);
  if (applied.slice(0, known).every((hash, index) => hash === wanted[index]?.hash)) return;
  throw new Error(
    'The database was made by a version whose migrations differ from those of this one: start the version that made it, ' +
      'or begin anew with an empty database (for the embedded one: set DATA_DIR to another folder).',
  );
}

/** True when every migration of this source tree has been applied. Works for the owner and the application. */
export async function migrationsAreCurrent(sql: postgres.Sql): Promise<boolean> {
  return (await appliedMigrations(sql)).length >= readMigrations(migrationsFolder).length;
}

async function grantToApp(sql: postgres.Sql, appRole: string): Promise<void> {
  const [owner] = await sql`select current_user as name`;
  if (owner?.name === appRole) return;
  const role = sql(appRole);
  await sql.begin(async (tx) => {
    await tx`grant usage on schema public, drizzle to ${role}`;
    await tx`grant select on drizzle.__drizzle_migrations to ${role}`;
    await tx`grant select, insert, update, delete on all tables in schema public to ${role}`;
    await tx`grant usage, select on all sequences in schema public to ${role}`;
    // an older backup is restored into the tables it knew
    const present = await tx<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any(${appendOnlyTables})`;
    for (const { name } of present) await tx`revoke update, delete, truncate on ${sql(name)} from ${role}`;
  });
}
