import { z } from 'zod';
import { type Job, job, transaction } from '#server/platform/index.ts';
import { registerOf } from './define.ts';
import { refreshEntries } from './record-versions.ts';

/** What was said to hold from this day on: search rows and keys follow. Running it again changes nothing. */
const refresh = job(
  'register.refresh',
  z.object({ register: z.string(), entryIds: z.array(z.string()), day: z.string() }),
  async (ctx, { register, entryIds }) => {
    await transaction(ctx, (tx) => refreshEntries(tx, registerOf(register), entryIds));
  },
);

export const registersJobs: Job[] = [refresh as Job];
