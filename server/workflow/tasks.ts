import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { processInstances, tasks } from '#db/schema/workflow.ts';
import { AppError, notFound, personId, type TxContext } from '#server/platform/index.ts';
import { modelOf } from './definitions.ts';
import { dueAt } from './due-dates.ts';
import type { Model } from './kernel/index.ts';

type TaskRow = typeof tasks.$inferSelect;

/** A task that waits for a person. */
export interface OpenTask {
  id: string;
  instanceId: string;
  businessKey: string;
  node: string;
  name: string;
  /** iterations around it, outermost first, e.g. `2.0`; empty outside loops */
  iteration: string;
  /** candidate group */
  role: string | null;
  formKey: string | null;
  assigneeId: string | null;
  dueAt: Date | null;
  createdAt: Date;
  properties: Record<string, string>;
}

export const openTaskFrom = (row: TaskRow, model: Model): OpenTask => ({
  id: row.id,
  instanceId: row.instanceId,
  businessKey: row.businessKey,
  node: row.node,
  name: row.name,
  iteration: row.iteration,
  role: row.role,
  formKey: row.formKey,
  assigneeId: row.assigneeId,
  dueAt: row.dueAt,
  createdAt: row.createdAt,
  properties: model.nodes.get(row.node)?.properties ?? {},
});

/** Open tasks of people, oldest first. */
export async function openTasksOf(db: Reader, instanceId: string): Promise<OpenTask[]> {
  const rows = await db
    .select({ task: tasks, definitionId: processInstances.definitionId, processId: processInstances.processId })
    .from(tasks)
    .innerJoin(processInstances, eq(processInstances.id, tasks.instanceId))
    .where(and(eq(tasks.instanceId, instanceId), eq(tasks.status, 'open'), eq(tasks.kind, 'user')))
    .orderBy(asc(tasks.token));
  const first = rows[0];
  if (!first) return [];
  const model = await modelOf(db, first.definitionId, first.processId);
  return rows.map(({ task }) => openTaskFrom(task, model));
}

/** A task of people at any time of its life. */
export interface TaskRecord {
  id: string;
  node: string;
  name: string;
  role: string | null;
  status: TaskRow['status'];
  assigneeId: string | null;
  createdAt: Date;
  dueAt: Date | null;
  completedAt: Date | null;
  completedBy: string | null;
}

/** Every task of people an instance has had, oldest first. */
export async function tasksSoFar(db: Reader, instanceId: string): Promise<TaskRecord[]> {
  return db
    .select({
      id: tasks.id,
      node: tasks.node,
      name: tasks.name,
      role: tasks.role,
      status: tasks.status,
      assigneeId: tasks.assigneeId,
      createdAt: tasks.createdAt,
      dueAt: tasks.dueAt,
      completedAt: tasks.completedAt,
      completedBy: tasks.completedBy,
    })
    .from(tasks)
    .where(and(eq(tasks.instanceId, instanceId), eq(tasks.kind, 'user')))
    .orderBy(asc(tasks.token));
}

/** The oldest open task of people at one element, or null. */
export async function findOpenTask(db: Reader, instanceId: string, node: string): Promise<OpenTask | null> {
  return (await openTasksOf(db, instanceId)).find((task) => task.node === node) ?? null;
}

/** Gives an open task to a person, or back to all with null. */
export async function assignTask(ctx: TxContext, input: { taskId: string; assigneeId: string | null }): Promise<void> {
  const changed = await ctx.tx
    .update(tasks)
    .set({ assigneeId: input.assigneeId })
    .where(and(eq(tasks.id, input.taskId), eq(tasks.status, 'open')))
    .returning({ id: tasks.id });
  if (changed.length === 0) await refuseTask(ctx.tx, input.taskId);
}

/** Takes a task that nobody has yet; a second person gets `workflow.errors.taskClaimed`. */
export async function claimTask(ctx: TxContext, input: { taskId: string; userId: string }): Promise<void> {
  const changed = await ctx.tx
    .update(tasks)
    .set({ assigneeId: input.userId })
    .where(and(eq(tasks.id, input.taskId), eq(tasks.status, 'open'), isNull(tasks.assigneeId)))
    .returning({ id: tasks.id });
  if (changed.length > 0) return;
  const [row] = await ctx.tx.select().from(tasks).where(eq(tasks.id, input.taskId));
  if (row?.status === 'open') {
    if (row.assigneeId === input.userId) return;
    throw new AppError('conflict', 'workflow.errors.taskClaimed');
  }
  await refuseTask(ctx.tx, input.taskId);
}

/** Gives one's task back to all who may do it. */
export async function releaseTask(ctx: TxContext, input: { taskId: string }): Promise<void> {
  await assignTask(ctx, { taskId: input.taskId, assigneeId: null });
}

/**
 * Reckons anew when the open tasks of officials are due, by the rule each was opened with and from the same moment: the
 * host's calendar may have changed. Tasks of the applicant keep the day that was promised to them.
 */
export async function recomputeDueDates(ctx: TxContext, instanceId: string): Promise<void> {
  const rows = await ctx.tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.instanceId, instanceId), eq(tasks.status, 'open'), eq(tasks.kind, 'user')));
  for (const row of rows) {
    if (!row.dueRule || row.role === 'applicant') continue;
    const due = await dueAt(ctx, row.businessKey, row.dueRule, {}, row.createdAt);
    if (due) await ctx.tx.update(tasks).set({ dueAt: due }).where(eq(tasks.id, row.id));
  }
}

/** Says why a task cannot be done: somebody did it, or the process moved on without it. */
export async function refuseTask(db: Reader, taskId: string): Promise<never> {
  const [row] = await db.select({ status: tasks.status }).from(tasks).where(eq(tasks.id, taskId));
  if (!row) return notFound('workflow.errors.taskNotFound');
  throw new AppError(
    'invalidState',
    row.status === 'done' ? 'workflow.errors.taskAlreadyDone' : 'workflow.errors.taskGone',
  );
}

export const whoActs = (ctx: TxContext): string | null => personId(ctx.actor);
