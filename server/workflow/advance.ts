/** One step of an instance with everything it leads to, in the open transaction; the instance must be locked. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Json } from '#db/schema/workflow.ts';
import { processHistory, processIncidents, processInstances } from '#db/schema/workflow.ts';
import { AppError, enqueue, newId, type TxContext } from '#server/platform/index.ts';
import { deliverBuffered } from './buffered.ts';
import { modelOf } from './definitions.ts';
import { cancelChildren, startChildren, tellParent } from './family.ts';
import type { Consumed, InstanceRow, Status } from './instances.ts';
import {
  type Command,
  derive,
  type Model,
  type Refusal,
  type State,
  type StepResult,
  step,
  waitingNodes,
} from './kernel/index.ts';
import { hasObservers, type NodeFacts, tellObservers } from './observers.ts';
import {
  closeTasks,
  insertTasks,
  openTasks,
  reconcileSubscriptions,
  reconcileTimers,
  type TaskRow,
} from './reconcile.ts';
import { openTaskFrom, openTasksOf, whoActs } from './tasks.ts';

const reasons: Record<Refusal, string> = {
  notStarted: 'workflow.errors.instanceNotFound',
  alreadyStarted: 'workflow.errors.alreadyStarted',
  over: 'workflow.errors.instanceOver',
  incident: 'workflow.errors.instanceStuck',
  notWaiting: 'workflow.errors.taskGone',
  unknownMessage: 'workflow.errors.unknownMessage',
  noStart: 'workflow.errors.unknownStart',
};

/** Thrown when the kernel refuses: nothing has been written. */
export class RefusedStep extends AppError {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('invalidState', reasons[refusal]);
    this.refusal = refusal;
  }
}

/**
 * Carries out one command on a locked instance and all that follows from it; returns the status it has then. All of it
 * happens at one moment: a task that follows another must not look older than it.
 */
export async function advance(
  outer: TxContext,
  instance: InstanceRow,
  command: Command,
  used: Consumed = {},
): Promise<Status> {
  const moment = outer.now();
  const ctx: TxContext = { ...outer, now: () => moment };
  const model = await modelOf(ctx.tx, instance.definitionId, instance.processId);
  const state = instance.revision === 0 ? undefined : (instance.state as unknown as State);
  const result = step(model, state, command);
  if (result.refused) throw new RefusedStep(result.refused);
  const before = state ? derive(model, state) : { waiting: [], timers: [], subscriptions: [] };
  const status = await statusAfter(ctx, instance, result);
  const opened = await openTasks(ctx, instance, model, before, result, result.state.v);
  const next: InstanceRow = {
    ...instance,
    state: result.state as unknown as Json,
    revision: instance.revision + 1,
    status,
    endedAt: status === 'done' || status === 'cancelled' ? ctx.now() : null,
  };
  await Promise.all([
    writeInstance(ctx, next),
    writeHistory(ctx, next, command, result),
    ...closeTasks(ctx, instance, before, result, used),
    insertTasks(ctx, opened, model),
  ]);
  if (before.timers.length + result.timers.length > 0)
    await reconcileTimers(ctx, instance, before, result, result.state.v, used);
  const subscribed =
    before.subscriptions.length + result.subscriptions.length > 0
      ? await reconcileSubscriptions(ctx, instance, before, result)
      : [];
  if (result.state.status === 'incident' && state?.status !== 'incident') await openKernelIncident(ctx, next, result);
  await sendEffects(ctx, next, result);
  if (hasObservers()) await tell(ctx, next, model, result, opened);
  await cancelChildren(ctx, advance, next, before, result);
  await startChildren(ctx, advance, next, model, before, result);
  for (const subscription of subscribed)
    if (subscription.kind === 'message') await deliverBuffered(ctx, advance, next, subscription);
  if (instance.parentId) await tellParent(ctx, advance, next, result);
  return status;
}

/** A job's incident keeps the instance marked until it is resolved, though its other branches go on. */
async function statusAfter(ctx: TxContext, instance: InstanceRow, result: StepResult): Promise<Status> {
  const { status } = result.state;
  if (status !== 'active' || instance.status !== 'incident') return status;
  const [open] = await ctx.tx
    .select({ id: processIncidents.id })
    .from(processIncidents)
    .where(and(eq(processIncidents.instanceId, instance.id), isNull(processIncidents.resolvedAt)))
    .limit(1);
  return open ? 'incident' : 'active';
}

function writeInstance(ctx: TxContext, next: InstanceRow): Promise<unknown> {
  if (next.revision === 1) return ctx.tx.insert(processInstances).values(next).execute();
  return ctx.tx
    .update(processInstances)
    .set({ state: next.state, revision: next.revision, status: next.status, endedAt: next.endedAt })
    .where(eq(processInstances.id, next.id))
    .execute();
}

function writeHistory(ctx: TxContext, next: InstanceRow, command: Command, result: StepResult): Promise<unknown> {
  const about = 'node' in command && command.node ? `${command.do} ${command.node}` : command.do;
  return ctx.tx
    .insert(processHistory)
    .values({
      instanceId: next.id,
      revision: next.revision,
      at: ctx.now(),
      actorId: whoActs(ctx) ?? (ctx.actor.kind === 'system' ? ctx.actor.name : null),
      command: about,
      // an endless loop leaves ten thousand entries that say the same
      trace: result.trace.slice(0, 1000),
    })
    .execute();
}

async function openKernelIncident(ctx: TxContext, next: InstanceRow, result: StepResult): Promise<void> {
  const { code, node, detail } = result.state.incident!;
  await ctx.tx
    .insert(processIncidents)
    .values({ id: newId(), instanceId: next.id, node, code, detail: detail ?? null, openedAt: ctx.now() });
}

/** Signals and messages reach other instances through jobs, after the commit. */
async function sendEffects(ctx: TxContext, next: InstanceRow, result: StepResult): Promise<void> {
  for (const effect of result.effects) {
    if (effect.type === 'signal')
      await enqueue(ctx, 'workflow.broadcast-signal', { name: effect.name, except: next.id });
    if (effect.type === 'message') {
      await enqueue(ctx, 'workflow.send-message', {
        name: effect.name,
        correlationKey: String(effect.correlationKey ?? next.businessKey),
        messageId: `${next.id}:${effect.token}:${effect.node}`,
        variables: result.state.v,
      });
    }
  }
}

async function tell(
  ctx: TxContext,
  next: InstanceRow,
  model: Model,
  result: StepResult,
  opened: TaskRow[],
): Promise<void> {
  const facts = (node: string): NodeFacts => ({ node, properties: model.nodes.get(node)?.properties ?? {} });
  const leaf = (node: string) => !['sub', 'call'].includes(model.nodes.get(node)?.type ?? '');
  await tellObservers(ctx, {
    instanceId: next.id,
    businessKey: next.businessKey,
    status: next.status,
    openTasks: await openTasksOf(ctx.tx, next.id),
    openedTasks: opened.filter((row) => row.kind === 'user').map((row) => openTaskFrom(row, model)),
    waiting: waitingNodes(model, result.state).map(facts),
    endedNodes: result.trace.filter((t) => t.what === 'ended' && leaf(t.node)).map((t) => facts(t.node)),
  });
}
