/** Messages that came before their receiver: kept once by id, handed to the first event that waits for them. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { bufferedMessages, processSubscriptions } from '#db/schema/workflow.ts';
import type { TxContext } from '#server/platform/index.ts';
import { getInstance, type InstanceRow, type Mover } from './instances.ts';
import type { Subscription } from './kernel/index.ts';
import { correlationKeyOf } from './reconcile.ts';

export async function isSubscribed(
  ctx: TxContext,
  instanceId: string,
  s: { at: number; node: string },
): Promise<boolean> {
  const [row] = await ctx.tx
    .select({ at: processSubscriptions.at })
    .from(processSubscriptions)
    .where(
      and(
        eq(processSubscriptions.instanceId, instanceId),
        eq(processSubscriptions.at, s.at),
        eq(processSubscriptions.node, s.node),
      ),
    );
  return row !== undefined;
}

export async function markDelivered(ctx: TxContext, messageId: string, instanceId: string): Promise<boolean> {
  const marked = await ctx.tx
    .update(bufferedMessages)
    .set({ deliveredAt: ctx.now(), instanceId })
    .where(and(eq(bufferedMessages.messageId, messageId), isNull(bufferedMessages.deliveredAt)))
    .returning({ messageId: bufferedMessages.messageId });
  return marked.length > 0;
}

/** Gives a subscription that has just been opened the oldest message kept for it. */
export async function deliverBuffered(
  ctx: TxContext,
  advance: Mover,
  instance: InstanceRow,
  subscription: Subscription,
): Promise<void> {
  const correlationKey = correlationKeyOf(instance, subscription);
  await lockName(ctx, subscription.name, correlationKey);
  const [message] = await ctx.tx
    .select()
    .from(bufferedMessages)
    .where(
      and(
        eq(bufferedMessages.name, subscription.name),
        eq(bufferedMessages.correlationKey, correlationKey),
        isNull(bufferedMessages.deliveredAt),
        gt(bufferedMessages.expiresAt, ctx.now()),
      ),
    )
    .orderBy(asc(bufferedMessages.receivedAt), asc(bufferedMessages.messageId))
    .limit(1)
    .for('update', { skipLocked: true });
  if (!message || !(await isSubscribed(ctx, instance.id, subscription))) return;
  await markDelivered(ctx, message.messageId, instance.id);
  const { at, node, name } = subscription;
  await advance(ctx, await getInstance(ctx.tx, instance.id), {
    do: 'message',
    name,
    at,
    node,
    variables: message.variables,
  });
}

/** One of two that open a subscription and send its message at the same moment sees the other. */
export async function lockName(ctx: TxContext, name: string, correlationKey: string): Promise<void> {
  await ctx.tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('workflow-message'), hashtext(${`${name} ${correlationKey}`}))`,
  );
}
