import { count, eq } from 'drizzle-orm';
import { queueViews } from '#db/schema/queue-views.ts';
import { postOf } from '#server/identity/index.ts';
import { AppError, command, hide, newId, notFound, nothing, type Person, personId } from '#server/platform/index.ts';
import { RemoveQueueView, SaveQueueView } from '../inputs.ts';
import { canUseOffice } from '../policy.ts';

/** More than anybody finds their way in. */
const atMost = 30;

/** Keeps a narrowed queue under a name; a view of one's own with that name is replaced. */
export const saveQueueView = command({
  name: 'queueView.save',
  input: SaveQueueView,
  load: nothing,
  allow: canUseOffice,
  run: async (ctx, input) => {
    const ownerId = (ctx.actor as Person).userId;
    const unitId = input.shared ? ((await postOf(ctx.tx, ownerId, ctx.now()))?.unitId ?? null) : null;
    if (input.shared && !unitId)
      throw new AppError('invalidState', 'queue.errors.noUnit', {
        fields: [{ path: 'shared', reason: 'queue.errors.noUnit' }],
      });
    const filters = Object.fromEntries(Object.entries(input.filters).filter(([, value]) => value));
    const values = {
      ownerId,
      unitId,
      name: input.name,
      scope: input.scope,
      filters: filters as Record<string, string>,
    };
    const [row] = await ctx.tx
      .insert(queueViews)
      .values({ id: newId(), ...values })
      .onConflictDoUpdate({ target: [queueViews.ownerId, queueViews.name], set: values })
      .returning({ id: queueViews.id });
    const [kept] = await ctx.tx.select({ n: count() }).from(queueViews).where(eq(queueViews.ownerId, ownerId));
    if (kept!.n > atMost) throw new AppError('limit', 'queue.errors.tooMany', { values: { atMost } });
    return { viewId: row!.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'queueView',
    subjectId: result.viewId,
    details: { shared: input.shared },
  }),
});

/** Forgets a view of one's own. */
export const removeQueueView = command({
  name: 'queueView.remove',
  input: RemoveQueueView,
  load: async (ctx, input) => {
    const [row] = await ctx.tx.select().from(queueViews).where(eq(queueViews.id, input.viewId)).for('update');
    return row ?? notFound();
  },
  allow: (actor, view) => {
    const verdict = canUseOffice(actor);
    return verdict.allowed && personId(actor) !== view.ownerId ? hide : verdict;
  },
  run: async (ctx, _input, view) => {
    await ctx.tx.delete(queueViews).where(eq(queueViews.id, view.id));
    return { viewId: view.id };
  },
  audit: ({ input }) => ({ subjectType: 'queueView', subjectId: input.viewId }),
});
