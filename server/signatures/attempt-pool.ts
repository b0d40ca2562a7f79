import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database } from '#db/client.ts';
import { type Context, newContext } from '#server/platform/index.ts';

const held = globalThis as { motCuaAttemptPools?: WeakMap<object, Database> };

/**
 * Two connections beside the pool, for what must be committed while the caller's transaction is open. Taking one from
 * the pool itself would let as many signers as it has connections wait for one another for ever.
 */
export function attemptPool({ db, actor, now }: Context): Pick<Database, 'transaction'> {
  // a transaction handed out as a database (in tests) has no pool to stand beside
  if (!db.$client?.options) return db;
  return newContext(poolBeside(db), actor, now).db;
}

function poolBeside(db: Database): Database {
  held.motCuaAttemptPools ??= new WeakMap();
  const known = held.motCuaAttemptPools.get(db.$client);
  if (known) return known;
  const client = postgres({ ...db.$client.options, max: 2, idle_timeout: 2 } as unknown as postgres.Options<
    Record<string, never>
  >);
  const made = drizzle(client, { casing: 'snake_case' }) as Database;
  held.motCuaAttemptPools.set(db.$client, made);
  return made;
}
