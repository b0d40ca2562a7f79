import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database } from '#db/client.ts';

type Writer = Pick<Database, 'transaction'>;
const held = globalThis as { motCuaAttemptPools?: WeakMap<Database, Writer> };

/**
 * Two connections beside the pool, for what must be committed while the caller's transaction is open. Taking one from
 * the pool itself would let as many signers as it has connections wait for one another for ever.
 */
export function attemptPool(db: Database): Writer {
  // a transaction handed out as a database (in tests) has no pool to stand beside
  if (!db.$client?.options) return db;
  held.motCuaAttemptPools ??= new WeakMap();
  const known = held.motCuaAttemptPools.get(db);
  if (known) return known;
  const client = postgres({ ...db.$client.options, max: 2, idle_timeout: 2 } as unknown as postgres.Options<
    Record<string, never>
  >);
  const made = drizzle(client, { casing: 'snake_case' });
  held.motCuaAttemptPools.set(db, made as unknown as Writer);
  return made as unknown as Writer;
}
