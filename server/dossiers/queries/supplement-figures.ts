import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { applicantRequests, dossiers } from '#db/schema/dossiers.ts';
import { allow, as, query, systemActor } from '#server/platform/index.ts';
import { SupplementFigures } from '../inputs.ts';

/** How often applicants of a procedure were sent back, in plain figures and nothing else. */
export interface SupplementFiguresView {
  received: number;
  /** dossiers with exactly one supplement */
  once: number;
  /** dossiers with more than one: each needed the leader's approval */
  again: number;
  /** `again` of `received` in percent, one decimal */
  share: number;
}

/** For everybody: the share of dossiers of a procedure that were supplemented more than once. */
export const supplementFigures = query({
  input: SupplementFigures,
  load: async () => null,
  allow: () => allow,
  view: async (ctx, _none, input): Promise<SupplementFiguresView> => {
    const asked = sql<number>`(select count(*) from ${applicantRequests}
      where ${applicantRequests.dossierId} = ${dossiers.id} and ${applicantRequests.kind} = 'supplement')`;
    // figures over everybody's dossiers, of which nothing but the sums is told
    const [row] = await as(ctx, systemActor('figures'))
      .db.select({
        received: sql<number>`count(*)::int`,
        once: sql<number>`(count(*) filter (where ${asked} = 1))::int`,
        again: sql<number>`(count(*) filter (where ${asked} > 1))::int`,
      })
      .from(dossiers)
      .where(and(eq(dossiers.procedureKey, input.procedureKey), isNotNull(dossiers.receivedAt)));
    const { received, once, again } = row!;
    return { received, once, again, share: received === 0 ? 0 : Math.round((again / received) * 1000) / 10 };
  },
});
