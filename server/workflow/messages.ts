/** Messages find one receiver by name and correlation key; without one they wait, each id once. Signals reach all. */
import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import { bufferedMessages, processSubscriptions } from '#db/schema/workflow.ts';
import { enqueue, type TxContext } from '#server/platform/index.ts';
import { advance } from './advance.ts';
import { isSubscribed, lockName, markDelivered } from './buffered.ts';
import { lockedInstance } from './instances.ts';

export interface CorrelateMessage {
  name: string;
  correlationKey: string;
  /** a message with an id that was seen before is ignored */
  messageId: string;
  variables?: Record<string, unknown>;
  /** how long it may wait for its receiver; 90 days by default */
  keepDays?: number;
}

export type Correlated = 'delivered' | 'kept' | 'duplicate';

/** Hands a message to the oldest event waiting for it, or keeps it until one does. */
export async function correlateMessage(ctx: TxContext, input: CorrelateMessage): Promise<{ outcome: Correlated }> {
  const now = ctx.now();
  const added = await ctx.tx
    .insert(bufferedMessages)
    .values({
      messageId: input.messageId,
      name: input.name,
      correlationKey: input.correlationKey,
      variables: input.variables ?? {},
      receivedAt: now,
      expiresAt: new Date(now.getTime() + (input.keepDays ?? 90) * 86_400_000),
    })
    .onConflictDoNothing()
    .returning({ messageId: bufferedMessages.messageId });
  if (added.length === 0) return { outcome: 'duplicate' };
  if (await deliver(ctx, input)) return { outcome: 'delivered' };
  // whoever opens a subscription takes this lock too: one of the two sees the other
  await lockName(ctx, input.name, input.correlationKey);
  if (await findReceiver(ctx, input)) await enqueue(ctx, 'workflow.deliver-message', { messageId: input.messageId });
  return { outcome: 'kept' };
}

/** Delivers a kept message, if it still waits and somebody waits for it. */
export async function deliverKept(ctx: TxContext, messageId: string): Promise<void> {
  const [row] = await ctx.tx
    .select()
    .from(bufferedMessages)
    .where(and(eq(bufferedMessages.messageId, messageId), isNull(bufferedMessages.deliveredAt)));
  if (row) await deliver(ctx, row);
}

async function findReceiver(ctx: TxContext, message: { name: string; correlationKey: string }) {
  const [row] = await ctx.tx
    .select()
    .from(processSubscriptions)
    .where(
      and(
        eq(processSubscriptions.kind, 'message'),
        eq(processSubscriptions.name, message.name),
        eq(processSubscriptions.correlationKey, message.correlationKey),
      ),
    )
    .orderBy(asc(processSubscriptions.createdAt), asc(processSubscriptions.at))
    .limit(1);
  return row;
}

async function deliver(
  ctx: TxContext,
  message: { messageId: string; name: string; correlationKey: string; variables?: Record<string, unknown> },
): Promise<boolean> {
  // the receiver seen first may be gone once its instance is locked; another may be there
  for (let seen = await findReceiver(ctx, message); seen; seen = await findReceiver(ctx, message)) {
    const instance = await lockedInstance(ctx, seen.instanceId);
    if (!(await isSubscribed(ctx, instance.id, seen))) continue;
    if (!(await markDelivered(ctx, message.messageId, instance.id))) return true;
    const { at, node } = seen;
    await advance(ctx, instance, { do: 'message', name: message.name, at, node, variables: message.variables ?? {} });
    return true;
  }
  return false;
}

/** Sends a signal to every instance that waits for it, each in a job of its own. */
export async function broadcastSignal(
  ctx: TxContext,
  input: { name: string; variables?: Record<string, unknown>; except?: string },
): Promise<{ receivers: number }> {
  const rows = await ctx.tx
    .selectDistinct({ instanceId: processSubscriptions.instanceId })
    .from(processSubscriptions)
    .where(
      and(
        eq(processSubscriptions.kind, 'signal'),
        eq(processSubscriptions.name, input.name),
        input.except ? ne(processSubscriptions.instanceId, input.except) : undefined,
      ),
    );
  for (const { instanceId } of rows)
    await enqueue(ctx, 'workflow.deliver-signal', { instanceId, name: input.name, variables: input.variables ?? {} });
  return { receivers: rows.length };
}
