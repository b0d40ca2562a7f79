import { AsyncLocalStorage } from 'node:async_hooks';
import { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session';
import type postgres from 'postgres';
import type { Database } from '../client.ts';

type Work = (tx: postgres.TransactionSql) => Promise<unknown>;
class ReadOnly extends Error {}

const told = ['app.actor_kind', 'app.user_id', 'app.bearer_code', 'app.bearer_secret'];
const remember = `select ${told.map((name) => `coalesce(current_setting('${name}', true), '')`).join(', ')}`;
const tell = `select ${told.map((name, index) => `set_config('${name}', $${index + 1}, true)`).join(', ')}`;

/**
 * One open transaction that looks like a pool. A transaction opened on it is a savepoint; those opened side by side
 * run one after the other; a read-only one is taken back. Outside them a test speaks as the system and sees all rows.
 */
export async function asPool(like: Database, outer: postgres.TransactionSql): Promise<Database> {
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  await outer.unsafe(tell, ['system', '', '', '']);

  async function savepoint(readOnly: boolean, work: Work): Promise<unknown> {
    const [before] = await outer.unsafe(remember).values();
    let result: unknown;
    try {
      await outer.savepoint(async (tx) => {
        if (readOnly) await tx.unsafe('set transaction read only');
        result = await work(tx);
        if (readOnly) throw new ReadOnly();
      });
      await outer.unsafe(tell, before as string[]);
    } catch (error) {
      if (!(error instanceof ReadOnly)) throw error;
    }
    return result;
  }

  function begin(options: string | Work, work?: Work): Promise<unknown> {
    const readOnly = options === 'read only';
    const body = work ?? (options as Work);
    if (inside.getStore()) return savepoint(readOnly, body);
    const run = last.then(() => inside.run(true, () => savepoint(readOnly, body)));
    last = run.catch(() => undefined);
    return run;
  }

  const client = { begin, unsafe: (...statement: Parameters<postgres.Sql['unsafe']>) => outer.unsafe(...statement) };
  const { dialect } = like as unknown as { dialect: ConstructorParameters<typeof PostgresJsDatabase>[0] };
  const session = new PostgresJsSession(client as unknown as postgres.Sql, dialect, undefined, {});
  return Object.assign(new PostgresJsDatabase(dialect, session, undefined), { $client: client }) as unknown as Database;
}
