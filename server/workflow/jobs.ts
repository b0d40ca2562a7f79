/** What the worker does for processes: effects of service tasks, timers, and whatever goes from one instance to another. */
import { z } from 'zod';
import { type Context, type Job, job, recordAudit, type TxContext, transaction } from '#server/platform/index.ts';
import { advance, RefusedStep } from './advance.ts';
import { getTask } from './commands.ts';
import { modelOf } from './definitions.ts';
import { BusinessError, findEffect } from './effects.ts';
import { openTaskIncident } from './incidents.ts';
import { getInstance, lockedInstance } from './instances.ts';
import { type Command, type State, variablesAt } from './kernel/index.ts';
import { broadcastSignal, correlateMessage, deliverKept } from './messages.ts';
import { timerKey } from './reconcile.ts';

const RunEffect = z.object({ taskId: z.uuid() });

const runEffect = job('workflow.run-effect', RunEffect, async (ctx, { taskId }, attempt) => {
  try {
    await transaction(ctx, (tx) => carryOut(tx, taskId));
  } catch (error) {
    if (!attempt.last) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    await transaction(ctx, (tx) => openTaskIncident(tx, taskId, 'effectFailed', detail));
  }
});

/** Runs a service task's effect and completes the task; a task that is closed by now is left alone. */
async function carryOut(ctx: TxContext, taskId: string): Promise<void> {
  const seen = await getTask(ctx, taskId);
  const instance = await lockedInstance(ctx, seen.instanceId);
  const task = await getTask(ctx, taskId);
  if (task.status !== 'open') return;
  const model = await modelOf(ctx.tx, instance.definitionId, instance.processId);
  const node = model.nodes.get(task.node);
  const properties = node?.properties ?? {};
  const handler = findEffect(properties.taskType ?? properties.decisionId ?? '');
  if (!handler) return openTaskIncident(ctx, taskId, 'unknownEffect', properties.taskType ?? '');
  const state = instance.state as unknown as State;
  const target = { node: task.node, at: task.token };
  let command: Command;
  try {
    const returned = await inSavepoint(ctx, (inner) =>
      handler(inner, {
        instanceId: instance.id,
        businessKey: instance.businessKey,
        variables: variablesAt(model, state, task.token),
        properties,
        idempotencyKey: `${instance.id}:${task.token}`,
      }),
    );
    command = { do: 'complete', ...target, variables: variablesFrom(returned) };
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    command = { do: 'error', code: error.code, ...target, variables: error.variables };
  }
  // an effect may have moved its own instance, by a message for example
  const now = await getInstance(ctx.tx, instance.id);
  await unlessMovedOn(() => advance(ctx, now, command, command.do === 'complete' ? { token: task.token } : {}));
  recordAudit(ctx, 'process.runEffect', {
    subjectType: 'process',
    subjectId: instance.id,
    details: { node: task.node, effect: properties.taskType ?? properties.decisionId, outcome: command.do },
  });
}

const variablesFrom = (returned: unknown): Record<string, unknown> =>
  typeof returned === 'object' && returned !== null ? (returned as Record<string, unknown>) : {};

/** A business error takes back what its effect wrote, its audit rows included. */
async function inSavepoint<T>(ctx: TxContext, work: (ctx: TxContext) => Promise<T>): Promise<T> {
  const audits = ctx.audits.length;
  try {
    return await ctx.tx.transaction((tx) => work({ ...ctx, tx }));
  } catch (error) {
    ctx.audits.length = audits;
    throw error;
  }
}

/** Whoever came first wins: a command for something that no longer waits does nothing. */
async function unlessMovedOn(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof RefusedStep && (error.refusal === 'notWaiting' || error.refusal === 'over')) return false;
    throw error;
  }
}

const FireTimer = z.object({
  instanceId: z.uuid(),
  at: z.number().int(),
  node: z.string(),
  fired: z.number().int(),
  dueAt: z.iso.datetime(),
});

const fireTimer = job('workflow.fire-timer', FireTimer, (ctx, due) =>
  transaction(ctx, async (tx) => {
    const instance = await lockedInstance(tx, due.instanceId);
    const used = { timer: { key: timerKey(due.instanceId, due), dueAt: new Date(due.dueAt) } };
    const fired = await unlessMovedOn(() => advance(tx, instance, { do: 'timer', node: due.node, at: due.at }, used));
    if (!fired) return;
    recordAudit(tx, 'process.fireTimer', {
      subjectType: 'process',
      subjectId: instance.id,
      details: { node: due.node, dueAt: due.dueAt },
    });
  }),
);

const Variables = z.record(z.string(), z.unknown());
const inTx = (ctx: Context, work: (tx: TxContext) => Promise<unknown>): Promise<void> =>
  transaction(ctx, async (tx) => {
    await work(tx);
  });

const deliverSignal = job(
  'workflow.deliver-signal',
  z.object({ instanceId: z.uuid(), name: z.string(), variables: Variables }),
  (ctx, { instanceId, name, variables }) =>
    inTx(ctx, async (tx) => {
      const instance = await lockedInstance(tx, instanceId);
      await unlessMovedOn(() => advance(tx, instance, { do: 'signal', name, variables }));
    }),
);

const spreadSignal = job(
  'workflow.broadcast-signal',
  z.object({ name: z.string(), except: z.uuid() }),
  (ctx, payload) => inTx(ctx, (tx) => broadcastSignal(tx, payload)),
);

const sendMessage = job(
  'workflow.send-message',
  z.object({ name: z.string(), correlationKey: z.string(), messageId: z.string(), variables: Variables }),
  (ctx, payload) => inTx(ctx, (tx) => correlateMessage(tx, payload)),
);

const deliverMessage = job('workflow.deliver-message', z.object({ messageId: z.string() }), (ctx, { messageId }) =>
  inTx(ctx, (tx) => deliverKept(tx, messageId)),
);

/** Every job of this module, for the worker. */
export const workflowJobs = [
  runEffect,
  fireTimer,
  deliverSignal,
  spreadSignal,
  sendMessage,
  deliverMessage,
] as unknown as Job[];
