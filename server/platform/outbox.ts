import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Context, TxContext } from './context.ts';

export interface JobOptions {
  /** replaces a waiting job with the same key */
  jobKey?: string;
  runAt?: Date;
  maxAttempts?: number;
  /** jobs of one queue run one after the other */
  queue?: string;
  /** when more waits than can be done at once, the lower number is taken first; 0 where none is given */
  priority?: number;
}

/** What runs a job: in the worker, as the system, at least once. */
export type JobHandler<Payload> = (
  ctx: Context,
  payload: Payload,
  attempt: { number: number; last: boolean },
) => Promise<void>;

export interface Job<Payload = unknown> {
  name: string;
  payload: z.ZodType<Payload>;
  handler: JobHandler<Payload>;
}

/** Declares a job: its name (`noun.verb`), the shape of its payload and its idempotent handler. */
export const job = <Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  handler: JobHandler<Payload>,
): Job<Payload> => ({ name, payload, handler });

/** Writes a job in the open transaction: it exists when the transaction commits, and not otherwise. */
export async function enqueue(
  ctx: TxContext,
  name: string,
  payload: Record<string, unknown>,
  options: JobOptions = {},
): Promise<void> {
  await ctx.tx.execute(sql`select enqueue(${name}, ${JSON.stringify(payload)}::json, ${options.jobKey ?? null},
    ${options.runAt?.toISOString() ?? null}::timestamptz, ${options.maxAttempts ?? null}::int, ${options.queue ?? null},
    ${options.priority ?? null}::int)`);
}

/** Takes a waiting job back, e.g. a timer that is no longer needed. */
export async function cancelJob(ctx: TxContext, jobKey: string): Promise<void> {
  await ctx.tx.execute(sql`select cancel_job(${jobKey})`);
}

/** A job that runs once a day at a time of Vietnam, `HH:mm`; what was missed while no worker ran is made up for. */
export interface DailyJob {
  job: string;
  at: string;
}

/** The same as a crontab says it, which counts in UTC: `10 18 * * *` for 01:10. */
export function crontabOf({ at }: DailyJob): string {
  const [hours, minutes] = at.split(':').map(Number) as [number, number];
  return `${minutes} ${(hours + 24 - 7) % 24} * * *`;
}
