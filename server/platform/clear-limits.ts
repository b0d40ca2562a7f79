import { lt } from 'drizzle-orm';
import { z } from 'zod';
import { rateLimits } from '#db/schema/platform.ts';
import { type DailyJob, type Job, job } from './outbox.ts';

/** Longer than the longest window (a day) and than anything that is marked as used in one. */
const keepMs = 2 * 24 * 60 * 60_000;

/** Removes counters whose window is long past: they count for nothing any more. */
const clearLimits = job('limits.clear', z.object({}), async (ctx) => {
  await ctx.db.delete(rateLimits).where(lt(rateLimits.windowStart, new Date(ctx.now().getTime() - keepMs)));
});

export const limitsJobs = [clearLimits] as Job[];
export const limitsDaily: DailyJob[] = [{ job: 'limits.clear', at: '02:20' }];
