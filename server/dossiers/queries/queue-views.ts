import { eq, or, sql } from 'drizzle-orm';
import { queueViews } from '#db/schema/queue-views.ts';
import { peopleById, postOf } from '#server/identity/index.ts';
import { personId, query } from '#server/platform/index.ts';
import { Inbox, InboxFilters, type InboxScope } from '../inputs.ts';
import { canUseOffice } from '../policy.ts';

export interface QueueView {
  id: string;
  name: string;
  scope: InboxScope;
  filters: InboxFilters;
  own: boolean;
  shared: boolean;
  /** whose it is, of a colleague's */
  by: string | null;
}

/** One's own views and those colleagues share with the unit one works in now, by name. */
export const myQueueViews = query({
  input: Inbox.pick({}),
  load: async () => null,
  allow: canUseOffice,
  view: async (ctx): Promise<QueueView[]> => {
    const me = personId(ctx.actor)!;
    const unit = (await postOf(ctx.db, me, ctx.now()))?.unitId;
    const rows = await ctx.db
      .select()
      .from(queueViews)
      .where(or(eq(queueViews.ownerId, me), unit ? eq(queueViews.unitId, unit) : undefined))
      .orderBy(sql`${queueViews.name} collate "vi-x-icu"`, queueViews.id);
    const people = await peopleById(
      ctx.db,
      rows.map((row) => row.ownerId),
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      scope: row.scope,
      filters: InboxFilters.parse(row.filters),
      own: row.ownerId === me,
      shared: row.unitId !== null,
      by: row.ownerId === me ? null : (people.get(row.ownerId)?.name ?? null),
    }));
  },
});
