/** A database whose user dies in the middle of something: before its n-th statement, or after the commit it never hears of. */
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Database } from '#db/client.ts';

export interface CrashPoint {
  when: 'before' | 'after commit';
  /** statement of the act, from 1; for `after commit` which of its transactions */
  at: number;
}

export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Whether an error is a crash we made, also wrapped by the library that carried it. */
export function isCrash(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof Crash) return true;
  return false;
}

/** The same pool, seen by somebody who dies once. Postgres takes back what was not committed, as it does for the dead. */
export function crashing(db: Database, point: CrashPoint): Database {
  let statements = 0;
  let transactions = 0;
  const logQuery = () => {
    statements += 1;
    if (point.when === 'before' && statements === point.at) throw new Crash(`before statement ${point.at}`);
  };
  const mortal = drizzle(db.$client, { casing: 'snake_case', logger: { logQuery } }) as Database;
  const begin = mortal.transaction.bind(mortal);
  mortal.transaction = (async (work: Parameters<Database['transaction']>[0], config: never) => {
    const result = await begin(work, config);
    transactions += 1;
    if (point.when === 'after commit' && transactions === point.at) throw new Crash('after the commit');
    return result;
  }) as Database['transaction'];
  return mortal;
}
