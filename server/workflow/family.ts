/** Call activities: each call is an instance row of its own; a family is locked from the parent down. */
import { and, eq, inArray } from 'drizzle-orm';
import { processIncidents, processInstances } from '#db/schema/workflow.ts';
import { newId, type TxContext } from '#server/platform/index.ts';
import { definitionIdOf, hasDefinition, modelOf } from './definitions.ts';
import { getInstance, type InstanceRow, lockedInstance, type Mover } from './instances.ts';
import {
  type Command,
  derive,
  type Model,
  type State,
  type StepResult,
  step,
  variablesAt,
  type Wait,
  type Waits,
} from './kernel/index.ts';

const calls = (waits: Waits) => waits.waiting.filter((w) => w.kind === 'call');

/** Starts a child for every call activity reached in this step. */
export async function startChildren(
  ctx: TxContext,
  advance: Mover,
  parent: InstanceRow,
  model: Model,
  before: Waits,
  after: Waits,
): Promise<void> {
  const known = new Set(calls(before).map((w) => w.token));
  for (const wait of calls(after).filter((w) => !known.has(w.token))) {
    // a child that ended at once may have moved the parent on
    const now = await getInstance(ctx.tx, parent.id);
    const state = now.state as unknown as State;
    if (calls(derive(model, state)).some((w) => w.token === wait.token))
      await startChild(ctx, advance, now, model, wait);
  }
}

export async function startChild(
  ctx: TxContext,
  advance: Mover,
  parent: InstanceRow,
  model: Model,
  wait: Wait,
): Promise<void> {
  const called = model.nodes.get(wait.node)?.calledElement ?? '';
  const inSameFile = model.processes.has(called) || model.containers.has(called);
  if (!inSameFile && !(await hasDefinition(ctx.tx, called))) {
    await ctx.tx.insert(processIncidents).values({
      id: newId(),
      instanceId: parent.id,
      node: wait.node,
      code: 'unknownCall',
      detail: called,
      openedAt: ctx.now(),
    });
    await ctx.tx.update(processInstances).set({ status: 'incident' }).where(eq(processInstances.id, parent.id));
    return;
  }
  const definitionId = inSameFile ? parent.definitionId : await definitionIdOf(ctx.tx, called);
  const processId = inSameFile ? called : (await modelOf(ctx.tx, definitionId)).main;
  const variables = variablesAt(model, parent.state as unknown as State, wait.token);
  await advance(
    ctx,
    {
      id: newId(),
      definitionId,
      processId,
      businessKey: parent.businessKey,
      state: {},
      revision: 0,
      status: 'active',
      parentId: parent.id,
      parentToken: wait.token,
      startedAt: ctx.now(),
      endedAt: null,
    },
    { do: 'start', variables },
  );
}

/** Cancels the children of call activities that no longer wait. */
export async function cancelChildren(
  ctx: TxContext,
  advance: Mover,
  parent: InstanceRow,
  before: Waits,
  after: Waits,
): Promise<void> {
  const still = new Set(calls(after).map((w) => w.token));
  const gone = calls(before).flatMap((w) => (still.has(w.token) ? [] : [w.token]));
  if (gone.length === 0) return;
  const children = await ctx.tx
    .select()
    .from(processInstances)
    .where(
      and(
        eq(processInstances.parentId, parent.id),
        inArray(processInstances.parentToken, gone),
        inArray(processInstances.status, ['active', 'incident', 'suspended']),
      ),
    )
    .orderBy(processInstances.id)
    .for('update');
  for (const child of children) await advance(ctx, child, { do: 'cancel' });
}

/** Hands a child's end, its error and its escalations to the call activity that waits for it. */
export async function tellParent(
  ctx: TxContext,
  advance: Mover,
  child: InstanceRow,
  result: StepResult,
): Promise<void> {
  for (const effect of result.effects)
    if (effect.type === 'escalation')
      await tellOne(ctx, advance, child, { do: 'escalate', ...(effect.code && { code: effect.code }) });
  if (result.state.status === 'done') await tellOne(ctx, advance, child, { do: 'complete', variables: result.state.v });
  const incident = result.state.incident;
  if (incident?.code === 'uncaughtError')
    await tellOne(ctx, advance, child, { do: 'error', code: incident.detail ?? '' });
}

type Told =
  | { do: 'escalate'; code?: string }
  | { do: 'complete'; variables: State['v'] }
  | { do: 'error'; code: string };

async function tellOne(ctx: TxContext, advance: Mover, child: InstanceRow, told: Told): Promise<void> {
  const parent = await lockedInstance(ctx, child.parentId!);
  const state = parent.state as unknown as State;
  const node = state.t.find((t) => t.i === child.parentToken)?.n;
  if (!node) return;
  const command: Command = { ...told, node, at: child.parentToken! };
  if (told.do === 'error') {
    // what the parent does not catch stays an incident of the child, where it can be tried again
    const model = await modelOf(ctx.tx, parent.definitionId, parent.processId);
    const tried = step(model, state, command);
    if (tried.refused || tried.state.status === 'incident') return;
  }
  await advance(ctx, parent, command, { token: child.parentToken! });
}
