import { z } from 'zod';
import { type Job, job } from '#server/platform/index.ts';
import { tellHolders } from './recalls/tell-holders.ts';

/** A recall was decided, or a facility reported a batch of one: its people are told. Running it again tells nobody twice. */
const tell = job('recall.tellHolders', z.object({ recallId: z.string() }), async (ctx, { recallId }) => {
  await tellHolders(ctx, recallId);
});

export const drugsJobs: Job[] = [tell as Job];
