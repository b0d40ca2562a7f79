/**
 * Which workers are alive, told by the database itself: each holds a session lock named after it, and a process that is
 * killed loses its session at once. The queue alone would give a killed worker's jobs back only after four hours.
 */
import postgres from 'postgres';

export interface LivingWorkers {
  /** says that this process runs the worker of that id */
  claim(workerId: string): void;
  /** says that it does no longer */
  release(workerId: string): void;
  end(): Promise<void>;
}

/**
 * ms between two looks, and for how long a worker must be missed to count as dead: a session lost for a moment, as when
 * Postgres starts anew, is no death.
 */
const usualPace = { lookEvery: 2_000, patience: 10_000 };
const lockClass = 'living-worker';
/** A job that takes its worker with it is left alone after so many. */
const mostAttempts = 25;

/**
 * @param ownerUrl the owner sees the queue
 * @param say told of every worker whose jobs were given back
 */
export function livingWorkers(
  ownerUrl: string,
  say: (message: string, facts: Record<string, unknown>) => void,
  { lookEvery, patience } = usualPace,
): LivingWorkers {
  const sql = postgres(ownerUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'mot-cua-living-workers', statement_timeout: 10_000 },
  });
  const own = new Set<string>();
  const unclaimedSince = new Map<string, number>();
  /** the session our locks are in */
  let session = 0;
  let held = new Set<string>();

  const hold = async () => {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    if (row?.pid !== session) held = new Set();
    session = row?.pid ?? 0;
    for (const id of [...held].filter((one) => !own.has(one))) {
      await sql`select pg_advisory_unlock(hashtext(${lockClass}), hashtext(${id}))`;
      held.delete(id);
    }
    for (const id of [...own].filter((one) => !held.has(one))) {
      await sql`select pg_advisory_lock(hashtext(${lockClass}), hashtext(${id}))`;
      held.add(id);
    }
  };

  const giveBack = async () => {
    const rows = await sql<{ id: string }[]>`
      select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null`;
    const others = rows.map((row) => row.id).filter((id) => !own.has(id));
    for (const id of [...unclaimedSince.keys()]) if (!others.includes(id)) unclaimedSince.delete(id);
    for (const id of others) {
      const [row] = await sql<{ free: boolean }[]>`
        select pg_try_advisory_lock(hashtext(${lockClass}), hashtext(${id})) as free`;
      if (!row?.free) {
        unclaimedSince.delete(id);
        continue;
      }
      const since = unclaimedSince.get(id) ?? Date.now();
      unclaimedSince.set(id, since);
      if (Date.now() - since >= patience) {
        // a job that planned its own next run is over, all but forgotten: its key is with that run, and so is its work
        await sql`
          delete from graphile_worker._private_jobs
          where locked_by = ${id} and key is null and attempts >= ${mostAttempts} and last_error is null`;
        // one that died with its last attempt gets another, so that its failure is dealt with; not for ever
        await sql`
          update graphile_worker._private_jobs
          set last_error = 'the worker that ran it died', max_attempts = greatest(max_attempts, attempts + 1)
          where locked_by = ${id} and attempts < ${mostAttempts}`;
        await sql`select graphile_worker.force_unlock_workers(array[${id}])`;
        say('gave the jobs of a worker that died back to the queue', { worker: id });
      }
      await sql`select pg_advisory_unlock(hashtext(${lockClass}), hashtext(${id}))`;
    }
  };

  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    // without the database there is nothing to look at; the next look finds it again
    looking = looking
      .then(hold)
      .then(giveBack)
      .catch(() => {});
  };
  const timer = setInterval(look, lookEvery);
  return {
    claim: (workerId) => {
      own.add(workerId);
      look();
    },
    release: (workerId) => {
      own.delete(workerId);
    },
    end: async () => {
      clearInterval(timer);
      await looking;
      await sql.end({ timeout: 1 });
    },
  };
}
