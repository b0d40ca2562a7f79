import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { processInstances } from '#db/schema/workflow.ts';
import { notFound, type TxContext } from '#server/platform/index.ts';
import type { Command } from './kernel/index.ts';

export type InstanceRow = typeof processInstances.$inferSelect;
export type Status = InstanceRow['status'];

/** What the command itself used up: its task is done and not cancelled, its job runs already. */
export interface Consumed {
  token?: number;
  timer?: { key: string; dueAt: Date };
}

/** Carries out a command on a locked instance: `advance`, handed to those it calls itself. */
export type Mover = (ctx: TxContext, instance: InstanceRow, command: Command, used?: Consumed) => Promise<Status>;

/** Locks an instance for a step, its parents before it, so that two steps of one family never wait for each other. */
export async function lockInstance(ctx: TxContext, instanceId: string): Promise<void> {
  await lockedInstance(ctx, instanceId);
}

export async function lockedInstance(
  ctx: TxContext,
  instanceId: string,
  parentKnown?: string | null,
): Promise<InstanceRow> {
  const parentId = parentKnown === undefined ? (await getInstance(ctx.tx, instanceId)).parentId : parentKnown;
  if (parentId) await lockedInstance(ctx, parentId);
  const [row] = await ctx.tx.select().from(processInstances).where(eq(processInstances.id, instanceId)).for('update');
  return row ?? notFound('workflow.errors.instanceNotFound');
}

export async function getInstance(db: Reader, instanceId: string): Promise<InstanceRow> {
  const [row] = await db.select().from(processInstances).where(eq(processInstances.id, instanceId));
  return row ?? notFound('workflow.errors.instanceNotFound');
}
