import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { nameStatements } from './name-statements.ts';

type NoSchema = Record<string, never>;
/** A pool of connections. Reads run on it; writes run in a transaction that `command()` opens. */
export type Database = PostgresJsDatabase<NoSchema> & { $client: postgres.Sql };
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];
/** What a query needs: the pool or the transaction that is open. */
export type Reader = Pick<Database, 'select' | 'selectDistinct' | 'selectDistinctOn' | 'execute' | 'with' | '$with'>;

export interface PoolOptions {
  /** connections at most */
  max?: number;
  applicationName?: string;
  /** session settings beside our own */
  settings?: Record<string, string>;
}

/**
 * Opens a pool. Orphaned statements of a killed process end by themselves (`client_connection_check_interval`),
 * and no statement or lock waits for ever.
 */
export function connect(url: string, options: PoolOptions = {}): Database {
  const client = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: 10,
    // a server that was started again is found again within a second
    backoff: () => Math.random(),
    connection: {
      application_name: options.applicationName ?? 'mot-cua',
      TimeZone: 'Asia/Ho_Chi_Minh',
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
      client_connection_check_interval: 1_000,
      ...options.settings,
    },
  });
  return drizzle(nameStatements(client), { casing: 'snake_case' }) as Database;
}
