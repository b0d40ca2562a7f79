import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';

/**
 * How the statements of a file run. `together`: in one transaction. `alone`: each outside a transaction, for what
 * Postgres refuses in one, such as `create index concurrently`. `batches`: each again and again, in a transaction of its
 * own, until it changes no more rows.
 */
export type MigrationKind = 'together' | 'alone' | 'batches';

export interface Migration {
  /** name of the file without its ending */
  name: string;
  kind: MigrationKind;
  statements: string[];
  /** SHA-256 of the whole file, hex: what the database remembers */
  hash: string;
  /** ms since 1970, from the journal */
  createdAt: number;
}

export interface Patience {
  /** a statement waits no longer than this for a lock, so that nobody queues behind it for longer, ms */
  lock: number;
  /** it is tried again for this long before the migration gives up, ms */
  total: number;
}

/** Whoever writes is held up for about half a second at most; a migration has ten minutes to find a free moment. */
export const usualPatience: Patience = { lock: 500, total: 600_000 };

const kinds: Record<string, MigrationKind> = { '-- runs alone': 'alone', '-- runs in batches': 'batches' };

/** The migrations of a folder, in the journal's order. The first line of a file says how it runs. */
export function readMigrations(folder: string): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[];
  };
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    return {
      name: tag,
      kind: kinds[text.split('\n', 1)[0]?.trim() ?? ''] ?? 'together',
      statements: text.split('--> statement-breakpoint').filter((statement) => statement.trim() !== ''),
      hash: createHash('sha256').update(text).digest('hex'),
      createdAt: when,
    };
  });
}

/** Where Drizzle's own tools look too. */
export async function ensureMigrationsTable(sql: postgres.Sql): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (table?.name) return;
  await sql`create schema if not exists drizzle`;
  await sql`create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`;
}

/**
 * Applies one migration and remembers it. What fails leaves nothing of a file that runs together; a file of another kind
 * is written so that it can run again from its beginning.
 * @throws with one sentence that names the file
 */
export async function applyMigration(sql: postgres.Sql, migration: Migration, patience = usualPatience): Promise<void> {
  const deadline = Date.now() + patience.total;
  const remember = (tx: postgres.Sql) =>
    tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${migration.hash}, ${migration.createdAt})`;
  try {
    if (migration.kind === 'together') {
      await untilUnlocked(deadline, () =>
        sql.begin(async (tx) => {
          await tx`select set_config('lock_timeout', ${`${patience.lock}ms`}, true)`;
          for (const statement of migration.statements) await tx.unsafe(statement);
          await remember(tx as unknown as postgres.Sql);
        }),
      );
      return;
    }
    await sql`select set_config('lock_timeout', ${`${patience.lock}ms`}, false)`;
    for (const statement of migration.statements) {
      if (migration.kind === 'alone') {
        await untilUnlocked(deadline, async () => {
          await dropInvalidIndexes(sql);
          await sql.unsafe(statement);
        });
      } else await repeat(sql, statement, deadline);
    }
    await remember(sql);
  } catch (error) {
    throw new Error(explanation(migration, error), { cause: error });
  } finally {
    await sql`reset lock_timeout`.catch(() => {});
  }
}

/** Runs a statement that takes a limited number of rows until there are none left. Short pauses let others through. */
async function repeat(sql: postgres.Sql, statement: string, deadline: number): Promise<void> {
  for (let changed = 1; changed > 0; await sleep(10)) {
    await untilUnlocked(deadline, async () => {
      changed = (await sql.unsafe(statement)).count ?? 0;
    });
  }
}

/** What an interrupted `create index concurrently` leaves behind. Only one host migrates, so nobody is making one now. */
async function dropInvalidIndexes(sql: postgres.Sql): Promise<void> {
  const invalid = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_index i
    join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where not i.indisvalid and n.nspname = 'public' and c.relkind = 'i'`;
  for (const { schema, name } of invalid) await sql`drop index concurrently if exists ${sql(schema)}.${sql(name)}`;
}

const lockNotAvailable = '55P03';
const deadlock = '40P01';

/** Tries again when somebody held a lock for too long: they go first, then it is our turn. */
async function untilUnlocked<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if ((code !== lockNotAvailable && code !== deadlock) || Date.now() + pause > deadline) throw error;
      await sleep(pause + Math.random() * 100);
    }
  }
}

function explanation({ name, kind }: Migration, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const state =
    kind === 'together'
      ? 'the database is as it was before it'
      : 'what it had done so far stays and does no harm; it begins anew at the next start';
  return `Migration ${name} failed, ${state}: ${reason}`;
}
