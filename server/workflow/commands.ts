/** What the modules above ask of a process; each carries a command id, and the same id again gives the stored answer. */
import { eq, sql } from 'drizzle-orm';
import { processCommands, tasks } from '#db/schema/workflow.ts';
import { AppError, newId, type TxContext } from '#server/platform/index.ts';
import { advance, RefusedStep } from './advance.ts';
import { definitionIdOf, modelOf } from './definitions.ts';
import { type InstanceRow, lockedInstance } from './instances.ts';
import type { Command } from './kernel/index.ts';
import { refuseTask } from './tasks.ts';

export type StartInstance = {
  businessKey: string;
  variables?: Record<string, unknown>;
  commandId: string;
  /** id of a start event other than the plain one */
  startEvent?: string;
} & ({ definitionId: string } | { definitionKey: string; definitionVersion?: number });

/** Starts an instance of a published definition. `commandId` again: the instance that was started. */
export async function startInstance(ctx: TxContext, input: StartInstance): Promise<{ instanceId: string }> {
  const definitionId =
    'definitionId' in input
      ? input.definitionId
      : await definitionIdOf(ctx.tx, input.definitionKey, input.definitionVersion);
  const instanceId = newId();
  const known = await recall(ctx, input.commandId, instanceId, { instanceId });
  if (known) return known as { instanceId: string };
  const { main } = await modelOf(ctx.tx, definitionId);
  const start: Command = { do: 'start', variables: input.variables ?? {} };
  if (input.startEvent) start.startEvent = input.startEvent;
  await advance(
    ctx,
    {
      id: instanceId,
      definitionId,
      processId: main,
      businessKey: input.businessKey,
      state: {},
      revision: 0,
      status: 'active',
      parentId: null,
      parentToken: null,
      startedAt: ctx.now(),
      endedAt: null,
    },
    start,
  );
  return { instanceId };
}

export interface CompleteTask {
  taskId: string;
  commandId: string;
  variables?: Record<string, unknown>;
}
export interface TaskAnswer {
  taskId: string;
  instanceId: string;
}

/**
 * Completes an open task and runs the process on. @throws invalidState `workflow.errors.taskAlreadyDone` when it was
 * completed before, `taskGone` when the process moved on without it; nothing changes then
 */
export async function completeTask(ctx: TxContext, input: CompleteTask): Promise<TaskAnswer> {
  return finishTask(ctx, input, (node, at) => ({ do: 'complete', node, at, variables: input.variables ?? {} }));
}

/** Ends an open task with a business error that an error event may catch; uncaught it is an incident. */
export async function raiseTaskError(ctx: TxContext, input: CompleteTask & { code: string }): Promise<TaskAnswer> {
  const { code } = input;
  return finishTask(
    ctx,
    input,
    (node, at) => ({ do: 'error', code, node, at, variables: input.variables ?? {} }),
    false,
  );
}

interface TaskAtInstance {
  instance_id: string;
  node: string;
  token: number;
  fresh: boolean;
  /** the locked row; null when the instance has a parent that must be locked first */
  instance: {
    id: string;
    definition_id: string;
    process_id: string;
    business_key: string;
    state: InstanceRow['state'];
    revision: number;
    status: InstanceRow['status'];
    started_at: string;
  } | null;
}

async function finishTask(
  ctx: TxContext,
  input: CompleteTask,
  commandFor: (node: string, token: number) => Command,
  counts = true,
): Promise<TaskAnswer> {
  const { taskId, commandId } = input;
  // one statement: remembers the command, finds the task, locks its instance
  const [task] = (await ctx.tx.execute(sql`
    with task as materialized (select instance_id, node, token from tasks where id = ${taskId}),
      fresh as (insert into process_commands (id, instance_id, answer, at)
        select ${commandId}, instance_id, jsonb_build_object('taskId', ${taskId}::text, 'instanceId', instance_id), ${ctx.now().toISOString()}::timestamptz
        from task on conflict do nothing returning id),
      locked as materialized (select i.* from process_instances i where i.id = (select instance_id from task)
        and i.parent_id is null for update)
    select task.*, exists (select from fresh) as fresh, (select to_jsonb(locked) from locked) as instance
    from task`)) as unknown as TaskAtInstance[];
  if (!task) return refuseTask(ctx.tx, taskId);
  if (!task.fresh) return (await storedAnswer(ctx, commandId)) as unknown as TaskAnswer;
  const instance = task.instance ? rowFrom(task.instance) : await lockedInstance(ctx, task.instance_id);
  try {
    await advance(ctx, instance, commandFor(task.node, task.token), counts ? { token: task.token } : {});
  } catch (error) {
    if (error instanceof RefusedStep && (error.refusal === 'notWaiting' || error.refusal === 'over'))
      return refuseTask(ctx.tx, taskId);
    throw error;
  }
  return { taskId, instanceId: instance.id };
}

const rowFrom = (row: NonNullable<TaskAtInstance['instance']>): InstanceRow => ({
  id: row.id,
  definitionId: row.definition_id,
  processId: row.process_id,
  businessKey: row.business_key,
  state: row.state,
  revision: row.revision,
  status: row.status,
  parentId: null,
  parentToken: null,
  startedAt: new Date(row.started_at),
  endedAt: null,
});

/** Sets variables; conditional events that come to hold fire. */
export async function setVariables(
  ctx: TxContext,
  input: { instanceId: string; variables: Record<string, unknown>; commandId: string },
): Promise<void> {
  if (await recall(ctx, input.commandId, input.instanceId, {})) return;
  await advance(ctx, await lockedInstance(ctx, input.instanceId), { do: 'set', variables: input.variables });
}

/** Ends an instance with everything open in it: tasks, timers, jobs, children. */
export async function cancelInstance(ctx: TxContext, input: { instanceId: string; commandId: string }): Promise<void> {
  if (await recall(ctx, input.commandId, input.instanceId, {})) return;
  const instance = await lockedInstance(ctx, input.instanceId);
  if (instance.parentId) throw new AppError('invalidState', 'workflow.errors.partOfAnother');
  await advance(ctx, instance, { do: 'cancel' });
}

/** Remembers a command; gives the stored answer when it was carried out before. */
async function recall(
  ctx: TxContext,
  id: string,
  instanceId: string,
  answer: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const added = await ctx.tx
    .insert(processCommands)
    .values({ id, instanceId, answer, at: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: processCommands.id });
  return added.length > 0 ? undefined : storedAnswer(ctx, id);
}

async function storedAnswer(ctx: TxContext, id: string): Promise<Record<string, unknown>> {
  const [row] = await ctx.tx
    .select({ answer: processCommands.answer })
    .from(processCommands)
    .where(eq(processCommands.id, id));
  return row?.answer ?? {};
}

/** The task's row, whatever its status. */
export async function getTask(ctx: TxContext, taskId: string) {
  const [row] = await ctx.tx.select().from(tasks).where(eq(tasks.id, taskId));
  return row ?? refuseTask(ctx.tx, taskId);
}
