import { and, eq, isNull } from 'drizzle-orm';
import { notifications } from '#db/schema/notifications.ts';
import { command, notFound, personId } from '#server/platform/index.ts';
import { MarkRead } from './inputs.ts';
import { canListNotices, canReadNotice } from './policy.ts';

/** Marks one notice as read, or with `id: null` all of one's own. Marking twice changes nothing. */
export const markRead = command({
  name: 'notification.mark-read',
  input: MarkRead,
  load: async (ctx, { id }) => {
    if (id === null) return null;
    const [notice] = await ctx.tx.select().from(notifications).where(eq(notifications.id, id));
    return notice ?? notFound();
  },
  allow: (actor, notice) => (notice ? canReadNotice(actor, notice) : canListNotices(actor)),
  audit: ({ input }) => ({ subjectType: 'notification', subjectId: input.id }),
  run: async (ctx, { id }) => {
    const mine = eq(notifications.userId, personId(ctx.actor)!);
    const which = id === null ? mine : and(mine, eq(notifications.id, id));
    const marked = await ctx.tx
      .update(notifications)
      .set({ readAt: ctx.now() })
      .where(and(which, isNull(notifications.readAt)))
      .returning({ id: notifications.id });
    return { marked: marked.length };
  },
});
