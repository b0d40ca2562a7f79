import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { processIncidents, processInstances } from '#db/schema/workflow.ts';
import { AppError, newId, notFound, type TxContext } from '#server/platform/index.ts';
import { advance } from './advance.ts';
import { getTask } from './commands.ts';
import { modelOf } from './definitions.ts';
import { startChild } from './family.ts';
import { getInstance, lockedInstance } from './instances.ts';
import { derive, type State } from './kernel/index.ts';
import { enqueueEffect } from './reconcile.ts';
import { whoActs } from './tasks.ts';

export interface OpenIncident {
  id: string;
  instanceId: string;
  taskId: string | null;
  node: string;
  code: string;
  detail: string | null;
  openedAt: Date;
}

/** What is stuck and waits for an administrator, oldest first; of one instance or of all. */
export async function openIncidents(db: Reader, instanceId?: string): Promise<OpenIncident[]> {
  const rows = await db
    .select()
    .from(processIncidents)
    .where(
      and(isNull(processIncidents.resolvedAt), instanceId ? eq(processIncidents.instanceId, instanceId) : undefined),
    )
    .orderBy(asc(processIncidents.openedAt))
    .limit(500);
  return rows.map(({ resolvedAt: _, resolvedBy: __, ...open }) => open);
}

/** Marks a service task whose job has failed for the last time. */
export async function openTaskIncident(ctx: TxContext, taskId: string, code: string, detail: string): Promise<void> {
  const task = await getTask(ctx, taskId);
  const instance = await lockedInstance(ctx, task.instanceId);
  if ((await getTask(ctx, taskId)).status !== 'open') return;
  await ctx.tx.insert(processIncidents).values({
    id: newId(),
    instanceId: instance.id,
    taskId,
    node: task.node,
    code,
    detail: detail.slice(0, 2000),
    openedAt: ctx.now(),
  });
  await ctx.tx.update(processInstances).set({ status: 'incident' }).where(eq(processInstances.id, instance.id));
}

/**
 * Tries what is stuck once more, with variables put right where given. What is still stuck throws invalidState
 * `workflow.errors.incidentRemains` and changes nothing; a failed job goes back into the queue.
 */
export async function resolveIncident(
  ctx: TxContext,
  input: { incidentId: string; variables?: Record<string, unknown> },
): Promise<void> {
  const [seen] = await ctx.tx.select().from(processIncidents).where(eq(processIncidents.id, input.incidentId));
  if (!seen) notFound('workflow.errors.incidentNotFound');
  const instance = await lockedInstance(ctx, seen.instanceId);
  const marked = await ctx.tx
    .update(processIncidents)
    .set({ resolvedAt: ctx.now(), resolvedBy: whoActs(ctx) })
    .where(and(eq(processIncidents.id, seen.id), isNull(processIncidents.resolvedAt)))
    .returning({ id: processIncidents.id });
  if (marked.length === 0) throw new AppError('invalidState', 'workflow.errors.incidentResolved');
  const stuck = (instance.state as unknown as State).status === 'incident';
  if (stuck && !seen.taskId) {
    const status = await advance(ctx, instance, {
      do: 'retry',
      ...(input.variables && { variables: input.variables }),
    });
    const again = (await getInstance(ctx.tx, instance.id)).state as unknown as State;
    if (status === 'incident' && again.status === 'incident')
      throw new AppError('invalidState', 'workflow.errors.incidentRemains');
    return;
  }
  if (input.variables) await advance(ctx, instance, { do: 'set', variables: input.variables });
  const model = await modelOf(ctx.tx, instance.definitionId, instance.processId);
  if (seen.taskId) {
    const task = await getTask(ctx, seen.taskId);
    if (task.status === 'open') await enqueueEffect(ctx, task, model);
  } else {
    const now = await getInstance(ctx.tx, instance.id);
    const waits = derive(model, now.state as unknown as State).waiting;
    const wait = waits.find((w) => w.kind === 'call' && w.node === seen.node);
    if (wait) await startChild(ctx, advance, now, model, wait);
  }
  const left = await openIncidents(ctx.tx, instance.id);
  if (seen.taskId === null && left.some((i) => i.node === seen.node))
    throw new AppError('invalidState', 'workflow.errors.incidentRemains');
  if (left.length === 0) {
    await ctx.tx
      .update(processInstances)
      .set({ status: 'active' })
      .where(and(eq(processInstances.id, instance.id), eq(processInstances.status, 'incident')));
  }
}
