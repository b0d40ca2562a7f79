import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { AppError } from './errors.ts';

/**
 * Counts one attempt under `key` in a fixed window and throws `limit` when there were more than `maximum`.
 * Committed at once, outside any transaction of the caller, so that a rollback does not forget the attempt.
 */
export async function takeAttempt(
  db: Database,
  key: string,
  maximum: number,
  windowSeconds: number,
  now: Date,
): Promise<void> {
  const start = new Date(Math.floor(now.getTime() / (windowSeconds * 1000)) * windowSeconds * 1000);
  const [row] = await db.execute<{ count: number }>(sql`
    insert into rate_limits as r (key, window_start, count) values (${key}, ${start.toISOString()}, 1)
    on conflict on constraint rate_limits_pk do update set count = r.count + 1 returning count`);
  if (row!.count > maximum) {
    const minutes = Math.max(1, Math.ceil((start.getTime() + windowSeconds * 1000 - now.getTime()) / 60_000));
    throw new AppError('limit', 'errors.limit', { values: { minutes } });
  }
}

/** Gives an attempt of the open window back: it turned out well and shall not count against later ones. */
export async function returnAttempt(db: Database, key: string, windowSeconds: number, now: Date): Promise<void> {
  const start = new Date(Math.floor(now.getTime() / (windowSeconds * 1000)) * windowSeconds * 1000);
  await db.execute(sql`
    update rate_limits set count = greatest(count - 1, 0) where key = ${key} and window_start = ${start.toISOString()}`);
}
