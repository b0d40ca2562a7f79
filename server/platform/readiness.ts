import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import journal from '#db/migrations/meta/_journal.json' with { type: 'json' };
import { isDraining } from './draining.ts';

/** A load balancer asks every few seconds: a database that needs longer than this is as good as gone. */
const patience = 2000;

/** Why this process should get no more requests; `ready` when it should. */
export type Readiness = 'ready' | 'draining' | 'database' | 'migrating';

/** Not draining, the database answers, and every migration this code was built with has been applied. */
export async function readiness(db: Pick<Database, 'execute'>): Promise<Readiness> {
  if (isDraining()) return 'draining';
  try {
    const query = db.execute<{ count: number }>(sql`select count(*)::int as count from drizzle.__drizzle_migrations`);
    const [row] = await withinPatience(query);
    return (row?.count ?? 0) >= journal.entries.length ? 'ready' : 'migrating';
  } catch (error) {
    return isMissingTable(error) ? 'migrating' : 'database';
  }
}

/** A database before its first migration has neither the schema nor the table. */
function isMissingTable(error: unknown): boolean {
  const code =
    error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  return code === '42P01' || code === '3F000';
}

async function withinPatience<T>(query: PromiseLike<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the database does not answer')), patience);
  try {
    return await Promise.race([query, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
