import { statfs } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/** What is out of order, by name. */
export type Alarm = 'parkedJobs' | 'queueLate' | 'archive' | 'disk' | 'connections';

export interface OperatorFacts {
  alarms: Alarm[];
  queue: { waiting: number; failing: number; parked: number; lateSeconds: number };
  database: { bytes: number; connections: number; maxConnections: number };
  /** null where WAL is not archived */
  archive: { failing: boolean; lastAt: string | null } | null;
  /** of DATA_DIR on this host */
  disk: { freeBytes: number; totalBytes: number };
}

/** A job nobody took for this long: the workers are gone or too few. */
const lateAfter = 300;
const leastFree = 1_000_000_000;
const fullestConnections = 0.8;

type Facts = Omit<OperatorFacts, 'alarms'>;

/** Which of the facts want somebody to act. */
export function alarmsOf({ queue, database, archive, disk }: Facts): Alarm[] {
  const alarms: [Alarm, boolean][] = [
    ['parkedJobs', queue.parked > 0],
    ['queueLate', queue.lateSeconds > lateAfter],
    ['archive', archive?.failing === true],
    ['disk', disk.freeBytes < leastFree || disk.freeBytes < disk.totalBytes * 0.05],
    ['connections', database.connections > database.maxConnections * fullestConnections],
  ];
  return alarms.filter(([, on]) => on).map(([name]) => name);
}

/** The state of database, queue, WAL archive and this host's disk. Nothing personal. */
export async function operatorFacts(db: Pick<Database, 'execute'>, dataDir: string): Promise<OperatorFacts> {
  const [queue] = await db.execute<{ waiting: number; failing: number; parked: number; late_seconds: number }>(
    sql`select * from queue_facts()`,
  );
  const [row] = await db.execute<{
    bytes: string;
    connections: number;
    most: number;
    archiving: boolean;
    failing: boolean;
    last_at: string | null;
  }>(sql`select pg_database_size(current_database()) as bytes,
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
    current_setting('max_connections')::int as most, current_setting('archive_mode') <> 'off' as archiving,
    coalesce(last_failed_time > coalesce(last_archived_time, 'epoch'), false) as failing,
    last_archived_time as last_at from pg_stat_archiver`);
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const facts: Facts = {
    queue: {
      waiting: queue!.waiting,
      failing: queue!.failing,
      parked: queue!.parked,
      lateSeconds: queue!.late_seconds,
    },
    database: { bytes: Number(row!.bytes), connections: row!.connections, maxConnections: row!.most },
    archive: row!.archiving
      ? { failing: row!.failing, lastAt: row!.last_at ? new Date(row!.last_at).toISOString() : null }
      : null,
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
  };
  return { alarms: alarmsOf(facts), ...facts };
}
