/** Brings tasks, timers and subscriptions in line with what model and state say, by the difference to what they said before. */
import { and, eq, inArray, or } from 'drizzle-orm';
import { processSubscriptions, tasks } from '#db/schema/workflow.ts';
import { cancelJob, enqueue, newId, type TxContext } from '#server/platform/index.ts';
import { dueAt, timerDueAt, timeText } from './due-dates.ts';
import type { Consumed, InstanceRow } from './instances.ts';
import type { ArmedTimer, Model, Subscription, Variables, Wait, Waits } from './kernel/index.ts';
import { whoActs } from './tasks.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** Names of the jobs that belong to a token, so that leaving it takes them back. */
export const effectKey = (instanceId: string, token: number) => `effect:${instanceId}:${token}`;
export const timerKey = (instanceId: string, t: { at: number; node: string; fired: number }) =>
  `timer:${instanceId}:${t.at}:${t.node}:${t.fired}`;

/** Closes tasks that no longer wait. */
export function closeTasks(
  ctx: TxContext,
  instance: InstanceRow,
  before: Waits,
  after: Waits,
  used: Consumed,
): Promise<unknown>[] {
  const still = new Set(after.waiting.map((w) => w.token));
  const gone = before.waiting.filter((w) => w.kind !== 'call' && w.kind !== 'receive' && !still.has(w.token));
  const cancelled = gone.filter((w) => w.token !== used.token);
  const work: Promise<unknown>[] = [];
  if (used.token !== undefined && gone.length > cancelled.length) {
    work.push(
      ctx.tx
        .update(tasks)
        .set({ status: 'done', completedAt: ctx.now(), completedBy: whoActs(ctx) })
        .where(and(eq(tasks.instanceId, instance.id), eq(tasks.token, used.token)))
        .execute(),
    );
  }
  if (cancelled.length > 0) {
    const tokens = cancelled.map((w) => w.token);
    work.push(
      ctx.tx
        .update(tasks)
        .set({ status: 'cancelled', completedAt: ctx.now() })
        .where(and(eq(tasks.instanceId, instance.id), inArray(tasks.token, tokens), eq(tasks.status, 'open')))
        .execute(),
    );
    for (const w of cancelled) if (w.kind !== 'user') work.push(cancelJob(ctx, effectKey(instance.id, w.token)));
  }
  return work;
}

/** Opens a task for every new wait; those that are no people's get the job that runs their effect. */
export async function openTasks(
  ctx: TxContext,
  instance: InstanceRow,
  model: Model,
  before: Waits,
  after: Waits,
  variables: Variables,
): Promise<TaskRow[]> {
  const known = new Set(before.waiting.map((w) => w.token));
  const fresh = after.waiting.filter((w) => w.kind !== 'call' && w.kind !== 'receive' && !known.has(w.token));
  const rows: TaskRow[] = [];
  for (const wait of fresh) rows.push(await taskRow(ctx, instance, model, wait, variables));
  return rows;
}

export async function insertTasks(ctx: TxContext, rows: TaskRow[], model: Model): Promise<void> {
  if (rows.length === 0) return;
  await ctx.tx.insert(tasks).values(rows);
  for (const row of rows) if (row.kind !== 'user') await enqueueEffect(ctx, row, model);
}

/** Puts the job of a service task into the queue, as often as its `retries` allow; again after an incident. */
export async function enqueueEffect(ctx: TxContext, row: TaskRow, model: Model): Promise<void> {
  const retries = Number(model.nodes.get(row.node)?.properties.retries ?? 5);
  await enqueue(
    ctx,
    'workflow.run-effect',
    { taskId: row.id },
    {
      jobKey: effectKey(row.instanceId, row.token),
      maxAttempts: Number.isInteger(retries) && retries > 0 ? retries : 5,
    },
  );
}

async function taskRow(
  ctx: TxContext,
  instance: InstanceRow,
  model: Model,
  wait: Wait,
  variables: Variables,
): Promise<TaskRow> {
  const node = model.nodes.get(wait.node)!;
  const { candidateGroups, formKey, dueDate } = node.properties;
  return {
    id: newId(),
    instanceId: instance.id,
    businessKey: instance.businessKey,
    node: node.id,
    token: wait.token,
    iteration: wait.index.join('.'),
    kind: wait.kind as TaskRow['kind'],
    name: node.name ?? node.id,
    role: candidateGroups ? timeText(candidateGroups, variables) : null,
    formKey: formKey ?? null,
    status: 'open',
    assigneeId: null,
    unitId: null,
    organisationId: null,
    createdAt: ctx.now(),
    dueAt:
      dueDate && wait.kind === 'user' ? await dueAt(ctx, instance.businessKey, dueDate, variables, ctx.now()) : null,
    dueRule: dueDate ?? null,
    completedAt: null,
    completedBy: null,
  };
}

const nameOf = (t: ArmedTimer) => `${t.at}:${t.node}:${t.fired}`;

/** Takes back the jobs of timers no longer armed, and adds one for every new timer. */
export async function reconcileTimers(
  ctx: TxContext,
  instance: InstanceRow,
  before: Waits,
  after: Waits,
  variables: Variables,
  used: Consumed,
): Promise<void> {
  const was = new Set(before.timers.map(nameOf));
  const is = new Set(after.timers.map(nameOf));
  for (const timer of before.timers) {
    const key = timerKey(instance.id, timer);
    if (!is.has(nameOf(timer)) && key !== used.timer?.key) await cancelJob(ctx, key);
  }
  for (const timer of after.timers) {
    if (was.has(nameOf(timer))) continue;
    const due = await timerDueAt(ctx, instance.businessKey, timer, variables, used.timer?.dueAt);
    if (!due) throw new Error(`the timer ${timer.node} has no time: ${timer.timer.text}`);
    const { at, node, fired } = timer;
    // the job table runs by the real clock, the due instant by the one clock of the system
    const runAt = new Date(Date.now() + (due.getTime() - ctx.now().getTime()));
    const payload = { instanceId: instance.id, at, node, fired, dueAt: due.toISOString() };
    await enqueue(ctx, 'workflow.fire-timer', payload, { jobKey: timerKey(instance.id, timer), runAt });
  }
}

const subscriptionName = (s: Subscription) => `${s.at}:${s.node}`;

/** A message finds its receiver by this: the key the diagram computes, else the business key. */
export const correlationKeyOf = (instance: InstanceRow, s: Subscription): string =>
  s.correlationKey === undefined || s.correlationKey === null ? instance.businessKey : String(s.correlationKey);

/** Removes subscriptions no longer armed and writes the new ones, which are returned. */
export async function reconcileSubscriptions(
  ctx: TxContext,
  instance: InstanceRow,
  before: Waits,
  after: Waits,
): Promise<Subscription[]> {
  const was = new Set(before.subscriptions.map(subscriptionName));
  const is = new Set(after.subscriptions.map(subscriptionName));
  const gone = before.subscriptions.filter((s) => !is.has(subscriptionName(s)));
  const fresh = after.subscriptions.filter((s) => !was.has(subscriptionName(s)));
  if (gone.length > 0) {
    const these = gone.map((s) => and(eq(processSubscriptions.at, s.at), eq(processSubscriptions.node, s.node)));
    await ctx.tx
      .delete(processSubscriptions)
      .where(and(eq(processSubscriptions.instanceId, instance.id), or(...these)));
  }
  if (fresh.length > 0) {
    await ctx.tx.insert(processSubscriptions).values(
      fresh.map((s) => ({
        instanceId: instance.id,
        at: s.at,
        node: s.node,
        kind: s.kind,
        name: s.name,
        correlationKey: s.kind === 'message' ? correlationKeyOf(instance, s) : null,
        createdAt: ctx.now(),
      })),
    );
  }
  return fresh;
}
