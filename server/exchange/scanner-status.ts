import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import { allow, hide, query, signInFirst } from '#server/platform/index.ts';
import { scanCounts } from '#server/platform/scan-files.ts';

/** Whether uploads are shown to a malware scanner, and how many wait or are blocked; for administrators. */
export const scannerStatus = query({
  input: z.strictObject({}),
  load: async () => null,
  allow: (actor) =>
    actor.kind !== 'person'
      ? signInFirst
      : actor.official && actor.grants.some((grant) => grant.role === 'admin')
        ? allow
        : hide,
  view: async (ctx) => {
    const { clamd } = env();
    const address = clamd && ('path' in clamd ? clamd.path : `${clamd.host}:${clamd.port}`);
    return { address: address ?? null, ...(await scanCounts(ctx.db)) };
  },
});
