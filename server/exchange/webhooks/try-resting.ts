import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { webhookDeliveries, webhookEvents, webhooks } from '#db/schema/webhooks.ts';
import { type Context, job, transaction } from '#server/platform/index.ts';
import { attemptDelivery } from './deliver.ts';
import { recover } from './rest.ts';

/**
 * Asks a resting receiver by one of the deliveries that wait: the one that was not tried for the longest time, so that one it
 * refuses does not keep the others from it.
 */
export async function tryReceiver(ctx: Context, webhookId: string): Promise<void> {
  const [webhook] = await ctx.db.select().from(webhooks).where(eq(webhooks.id, webhookId));
  if (webhook?.state !== 'active' || webhook.restingUntil === null) return;
  const [next] = await ctx.db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.state, 'waiting')))
    .orderBy(sql`${webhookDeliveries.lastAt} nulls first`, webhookEvents.sequence)
    .limit(1);
  if (next) return attemptDelivery(ctx, next.id, { trial: true });
  // nothing is there to ask with: the next event is sent as to any other
  await transaction(ctx, (tx) => recover(tx, webhook));
}

export const tryResting = job('webhook.try', z.object({ webhookId: z.string() }), (ctx, { webhookId }) =>
  tryReceiver(ctx, webhookId),
);
