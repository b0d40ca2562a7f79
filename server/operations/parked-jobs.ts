import { sql } from 'drizzle-orm';
import { canAdministerMinistry, ministryId } from '#server/identity/index.ts';
import { command, notFound, query, reader, type TxContext } from '#server/platform/index.ts';
import { DiscardJob, Nothing, RetryJob } from './inputs.ts';

export interface ParkedJob {
  id: string;
  /** `noun.verb` */
  name: string;
  key: string | null;
  /** how often it was tried */
  attempts: number;
  /** what the last try failed with */
  lastError: string | null;
  createdAt: Date;
  failedAt: Date;
}

interface LockedJob {
  ministry: string | null;
  name: string;
  key: string | null;
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  key: string | null;
  attempts: number;
  last_error: string | null;
  created_at: string;
  failed_at: string;
}

/** Jobs that nobody runs any more, the newest failure first, at most a hundred. */
export const parkedJobs = query({
  input: Nothing,
  load: (db) => ministryId(db),
  allow: (actor, ministry) => canAdministerMinistry(actor, ministry),
  view: async (ctx): Promise<ParkedJob[]> => {
    const rows = await reader(ctx).execute<Row>(
      sql`select * from parked_jobs() order by failed_at desc, id desc limit 100`,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      key: row.key,
      attempts: row.attempts,
      lastError: row.last_error,
      createdAt: new Date(row.created_at),
      failedAt: new Date(row.failed_at),
    }));
  },
});

/** The job as long as it is parked, locked: two administrators do not do two things to it. */
async function lockParked(ctx: TxContext, { jobId }: { jobId: string }): Promise<LockedJob> {
  const [job] = await ctx.tx.execute<{ name: string; key: string | null }>(
    sql`select name, key from lock_parked_job(${jobId}::bigint)`,
  );
  if (!job) notFound('operations.errors.notParked');
  return { ministry: await ministryId(ctx.tx), name: job.name, key: job.key };
}

/** Lets a parked job run again, with all its tries before it. */
export const retryJob = command({
  name: 'job.retry',
  input: RetryJob,
  load: lockParked,
  allow: (actor, { ministry }) => canAdministerMinistry(actor, ministry),
  run: async (ctx, { jobId }) => {
    await ctx.tx.execute(sql`select retry_parked_job(${jobId}::bigint)`);
  },
  audit: ({ input, subject }) => ({
    subjectType: 'job',
    subjectId: input.jobId,
    details: { name: subject.name, key: subject.key },
  }),
});

/** Removes a parked job for good: what it should have done is not done. */
export const discardJob = command({
  name: 'job.discard',
  input: DiscardJob,
  load: lockParked,
  allow: (actor, { ministry }) => canAdministerMinistry(actor, ministry),
  run: async (ctx, { jobId }) => {
    await ctx.tx.execute(sql`select discard_parked_job(${jobId}::bigint)`);
  },
  audit: ({ input, subject }) => ({
    subjectType: 'job',
    subjectId: input.jobId,
    details: { name: subject.name, key: subject.key, reason: input.reason },
  }),
});
