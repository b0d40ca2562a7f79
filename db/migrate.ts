import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { refuseOldServer } from './server-version.ts';

export const migrationsFolder = new URL('migrations', import.meta.url).pathname;
/** Any number all processes agree on: only one migrates at a time. */
const migrationLock = 7_466_811;
/** The application may add rows to these, and read them; nothing else. */
const appendOnlyTables = [
  'audit_entries',
  'clock_events',
  'dossier_event_files',
  'dossier_events',
  'dossier_reads',
  'facility_changes',
  'process_definitions',
  'process_history',
];

export interface MigrationTarget {
  /** address with the rights of the owner */
  ownerUrl: string;
  /** the role the application connects as */
  appRole: string;
  say?: (line: string) => void;
}

/**
 * Brings the database to the present state: the worker's own tables, this project's migrations, the rights of the
 * application's role. Any number of hosts may call it at once; all but one wait.
 * @throws with one sentence when the server is too old or a migration fails
 */
export async function migrate({ ownerUrl, appRole, say = () => {} }: MigrationTarget): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'mot-cua-migrate' } });
  try {
    await refuseOldServer(sql);
    await sql`select pg_advisory_lock(${migrationLock})`;
    await runMigrations({ connectionString: ownerUrl });
    const applied = await appliedMigrations(sql);
    const wanted = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
    refuseOtherHistory(applied, wanted);
    const missing = wanted.length - applied.length;
    if (missing > 0) say(`Applying ${missing} of ${wanted.length} migrations`);
    if (missing < 0) say('The database has migrations of a newer version; this version leaves them alone');
    await sql`set lock_timeout = '30s'`;
    await applyMigrations(drizzle(sql, { casing: 'snake_case' }), { migrationsFolder }).catch(explain);
    await grantToApp(sql, appRole);
  } finally {
    await sql.end();
  }
}

/** Digests of the migrations a database has had, in order. */
async function appliedMigrations(sql: postgres.Sql): Promise<string[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return [];
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => row.hash);
}

/** A database that has had other migrations than ours so far cannot be brought on. */
function refuseOtherHistory(applied: string[], wanted: string[]): void {
  const known = Math.min(applied.length, wanted.length);
  if (applied.slice(0, known).every((hash, index) => hash === wanted[index])) return;
  throw new Error(
    'The database was made by a version whose migrations differ from those of this one: start the version that made it, ' +
      'or begin anew with an empty database (for the embedded one: set DATA_DIR to another folder).',
  );
}

/** All migrations run in one transaction, so a failed one leaves the database as it was. */
function explain(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  throw new Error(`A migration failed and the database is as before: ${cause}`, { cause: error });
}

/** True when every migration of this source tree has been applied. Works for the owner and the application. */
export async function migrationsAreCurrent(sql: postgres.Sql): Promise<boolean> {
  return (await appliedMigrations(sql)).length >= readMigrationFiles({ migrationsFolder }).length;
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
    for (const table of appendOnlyTables) await tx`revoke update, delete, truncate on ${sql(table)} from ${role}`;
  });
}
