import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { trackingLogs } from '#db/schema/dossiers.ts';
import { organisationsById } from '#server/identity/index.ts';
import { type Actor, allow, hide, query, signInFirst } from '#server/platform/index.ts';
import { TrackingLogRange } from '../inputs.ts';
import { canReadTrackingLog } from '../policy.ts';
import { type LogRow, logLength, logRows } from '../tracking-log.ts';

export interface TrackingLogView {
  rows: LogRow[];
  total: number;
  issued: { id: string; number: number; year: number; fromOn: string; toOn: string; fileId: string; issuedAt: Date }[];
}

/** The authorities whose log one may keep. */
export const logAuthorities = query({
  input: z.strictObject({}),
  load: async () => null,
  allow: (actor) => (authoritiesOf(actor).length > 0 ? allow : actor.kind === 'person' ? hide : signInFirst),
  view: async (ctx): Promise<{ id: string; name: string }[]> => {
    const found = await organisationsById(ctx.db, authoritiesOf(ctx.actor));
    return [...found.values()].map(({ id, name }) => ({ id, name }));
  },
});

const authoritiesOf = (actor: Actor): string[] =>
  actor.kind === 'person'
    ? [...new Set(actor.grants.map((grant) => grant.organisationId))].filter(
        (id) => canReadTrackingLog(actor, id).allowed,
      )
    : [];

/** The log of some days as a list, and the logs of the authority that were printed. */
export const trackingLog = query({
  input: TrackingLogRange,
  load: async () => null,
  allow: (actor, _none, input) => canReadTrackingLog(actor, input.organisationId),
  view: async (ctx, _none, input): Promise<TrackingLogView> => {
    const [rows, total, issued] = await Promise.all([
      logRows(ctx.db, input),
      logLength(ctx.db, input),
      ctx.db
        .select()
        .from(trackingLogs)
        .where(eq(trackingLogs.authorityId, input.organisationId))
        .orderBy(desc(trackingLogs.issuedAt))
        .limit(20),
    ]);
    return {
      rows,
      total,
      issued: issued.map(({ id, number, year, fromOn, toOn, fileId, issuedAt }) => ({
        id,
        number,
        year,
        fromOn,
        toOn,
        fileId,
        issuedAt,
      })),
    };
  },
});
