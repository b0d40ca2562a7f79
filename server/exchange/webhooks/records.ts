import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { webhookDeliveries, webhooks } from '#db/schema/webhooks.ts';
import { type Actor, notFound, type TxContext } from '#server/platform/index.ts';
import { organisationsOf } from './policy.ts';

export type Webhook = typeof webhooks.$inferSelect;
export type Delivery = typeof webhookDeliveries.$inferSelect;

/** A webhook that was not removed; throws notFound. */
export async function getWebhookRow(db: Reader, id: string): Promise<Webhook> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id));
  return row && row.state !== 'removed' ? row : notFound();
}

/** The same, locked for a change. */
export async function lockWebhook(ctx: TxContext, id: string): Promise<Webhook> {
  const [row] = await ctx.tx.select().from(webhooks).where(eq(webhooks.id, id)).for('update');
  return row && row.state !== 'removed' ? row : notFound();
}

/** A delivery with its webhook, locked. */
export async function lockDelivery(ctx: TxContext, id: string): Promise<Webhook & { delivery: Delivery }> {
  const [delivery] = await ctx.tx.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id)).for('update');
  return delivery ? { ...(await getWebhookRow(ctx.tx, delivery.webhookId)), delivery } : notFound();
}

/** Twin of `canReadWebhook`. */
export function webhooksVisibleTo(actor: Actor): SQL {
  const organisations = organisationsOf(actor);
  return organisations.length === 0 ? sql`false` : inArray(webhooks.organisationId, organisations);
}
