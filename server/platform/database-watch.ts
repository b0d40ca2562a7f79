import postgres from 'postgres';
import journal from '#db/migrations/meta/_journal.json' with { type: 'json' };
import { renewDatabase } from './database.ts';
import { log } from './log.ts';

/** What the database is good for at this moment; `unknown` before the first look. */
export type DatabaseState = 'unknown' | 'ready' | 'migrating' | 'database';

export interface WatchOptions {
  /** ms between two looks */
  every: number;
  /** a look that takes longer, ms, has failed */
  patience: number;
  /** so many looks have to fail in a row before the database counts as gone */
  failures: number;
  /** called each time it is back */
  onBack: () => void;
}

const usual: WatchOptions = { every: 1_000, patience: 3_000, failures: 2, onBack: () => {} };

interface Watch {
  state: DatabaseState;
  /** when it was missed, and when it came back: the later of the two, ms since 1970 */
  awayAt: number;
  /** when a look failed last, ms since 1970 */
  failedAt: number;
  /** looks at once, or waits for the look that is under way */
  look: () => Promise<void>;
  /** resolves after the first look */
  first: Promise<void>;
  stop: () => Promise<void>;
}

const held = globalThis as { motCuaWatch?: Watch };

/**
 * Looks at the database on a connection of its own, again and again. When it is gone, every connection of this process
 * is given up and whoever waits on one gets an error at once: a network that swallows packets would let them wait for minutes.
 * When it is back, the next request opens new ones. Bundled copies of this module share one watch.
 */
export function watchDatabase(url: string, options: Partial<WatchOptions> = {}): Watch {
  held.motCuaWatch ??= start(url, { ...usual, ...options });
  return held.motCuaWatch;
}

/** Ends the watch of this process, e.g. when it stops. */
export async function stopWatching(): Promise<void> {
  const watch = held.motCuaWatch;
  held.motCuaWatch = undefined;
  await watch?.stop();
}

/** Whether the database is gone, or was until `within` ms ago. False where nobody watches. */
export function databaseIsAway(within = 0): boolean {
  const watch = held.motCuaWatch;
  return watch !== undefined && (watch.state === 'database' || Date.now() - watch.awayAt < within);
}

/**
 * Looks at once: whether the database is gone, or a look has failed in the last `within` ms. For whoever was let down by
 * a query before the watch came round.
 */
export async function databaseFailed(within: number): Promise<boolean> {
  const watch = held.motCuaWatch;
  await watch?.look();
  return watch !== undefined && (watch.state === 'database' || Date.now() - watch.failedAt < within);
}

function start(url: string, { every, patience, failures, onBack }: WatchOptions): Watch {
  let client: postgres.Sql | undefined;
  let failed = 0;
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const first = Promise.withResolvers<void>();
  const watch: Watch = {
    state: 'unknown',
    awayAt: 0,
    failedAt: 0,
    look: () => {
      clearTimeout(timer);
      underWay ??= look().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    first: first.promise,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end({ timeout: 1 });
    },
  };
  const look = async (): Promise<void> => {
    client ??= postgres(url, {
      max: 1,
      connect_timeout: Math.ceil(patience / 1000),
      backoff: () => 0,
      max_lifetime: null,
      onnotice: () => {},
      connection: { application_name: 'mot-cua-watch', statement_timeout: patience },
    });
    try {
      const state = await withinPatience(migrationState(client), patience);
      const wasAway = watch.state === 'database';
      failed = 0;
      watch.state = state;
      if (wasAway) {
        log.info('the database is back', { awayMs: Date.now() - watch.awayAt });
        watch.awayAt = Date.now();
        onBack();
      }
    } catch (error) {
      const dead = client;
      client = undefined;
      dead.end({ timeout: 0 }).catch(() => {});
      failed += 1;
      watch.failedAt = Date.now();
      if (!stopped && failed >= failures) away(error);
    }
    first.resolve();
    if (!stopped) timer = setTimeout(watch.look, failed > 0 ? every / 2 : every).unref();
  };
  const away = (error: unknown): void => {
    if (watch.state !== 'database') {
      log.error('the database does not answer', { error });
      watch.awayAt = Date.now();
    }
    watch.state = 'database';
    renewDatabase();
  };
  watch.look();
  return watch;
}

/** Every migration this code was built with has been applied, or not yet. */
async function migrationState(client: postgres.Sql): Promise<DatabaseState> {
  try {
    const [row] = await client<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`;
    return (row?.count ?? 0) >= journal.entries.length ? 'ready' : 'migrating';
  } catch (error) {
    // before its first migration a database has neither the schema nor the table
    const { code } = error as { code?: string };
    if (code === '42P01' || code === '3F000') return 'migrating';
    throw error;
  }
}

async function withinPatience<T>(query: PromiseLike<T>, patience: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  // an answer that lies there already counts, however late this busy process gets to it
  const timer = setTimeout(() => setImmediate(() => late.reject(new Error('no answer in time'))), patience);
  try {
    return await Promise.race([query, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
