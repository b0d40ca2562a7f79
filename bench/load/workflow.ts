/** One process of load: runs five-task instances with one of the three hosts for some seconds and prints how many it completed. */
import { eq, sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import {
  type Json,
  processCommands,
  processDefinitions,
  processHistory,
  processInstances,
  tasks,
} from '#db/schema/workflow.ts';
import { newId, type TxContext, transaction } from '#server/platform/index.ts';
import { completeTask, startInstance } from '#server/workflow/index.ts';
import { type OtherState, otherStep } from '#server/workflow/testing/other-engine.ts';
import { context, openTask } from './as-system.ts';

const steps = ['a', 'b', 'c', 'd', 'e'];
/** What the kernel's state looks like at one task, so that the rows without kernel are as large. */
const stateAt = (node: string, n: number): Json => ({
  f: 1,
  status: 'active',
  n,
  t: [{ i: n, n: node, s: 1 }],
  s: [{ i: 1, n: 'p', t: 0 }],
  v: { fee: 500_000 },
});

export type Host = 'ours' | 'rows' | 'bpmn-engine';
type Runner = (db: Database, definitionId: string, xml: string) => Promise<void>;

/** The durable host as the application uses it. */
const ours: Runner = async (db, definitionId) => {
  const { instanceId } = await transaction(context(db), (ctx) =>
    startInstance(ctx, { definitionId, businessKey: newId(), variables: { fee: 500_000 }, commandId: newId() }),
  );
  for (let i = 0; i < steps.length; i += 1) {
    const taskId = (await openTask(db, instanceId))!;
    await transaction(context(db), (ctx) => completeTask(ctx, { taskId, commandId: newId(), variables: {} }));
  }
};

interface Written {
  instanceId: string;
  revision: number;
  state: Json;
  node: string | undefined;
  done: string | undefined;
  trace: unknown[];
}

/** The rows of one step, as the host writes them: command, lock, instance, task done, task opened, history. */
async function writeRows(ctx: TxContext, definitionId: string, w: Written, taskId?: string): Promise<void> {
  const at = ctx.now();
  await ctx.tx
    .insert(processCommands)
    .values({ id: newId(), instanceId: w.instanceId, answer: { taskId: taskId ?? '' }, at });
  const work: Promise<unknown>[] = [];
  const status = w.node === undefined ? 'done' : 'active';
  if (w.revision === 1) {
    work.push(
      ctx.tx
        .insert(processInstances)
        .values({
          id: w.instanceId,
          definitionId,
          processId: 'p',
          businessKey: newId(),
          state: w.state,
          revision: 1,
          status,
          startedAt: at,
        })
        .execute(),
    );
  } else {
    await ctx.tx.select().from(processInstances).where(eq(processInstances.id, w.instanceId)).for('update');
    work.push(
      ctx.tx
        .update(processInstances)
        .set({ state: w.state, revision: w.revision, status, endedAt: status === 'done' ? at : null })
        .where(eq(processInstances.id, w.instanceId))
        .execute(),
      ctx.tx.update(tasks).set({ status: 'done', completedAt: at }).where(eq(tasks.id, taskId!)).execute(),
    );
  }
  work.push(
    ctx.tx
      .insert(processHistory)
      .values({
        instanceId: w.instanceId,
        revision: w.revision,
        at,
        actorId: 'bench',
        command: `complete ${w.done ?? ''}`,
        trace: w.trace,
      })
      .execute(),
  );
  if (w.node !== undefined) {
    work.push(
      ctx.tx
        .insert(tasks)
        .values({
          id: newId(),
          instanceId: w.instanceId,
          businessKey: newId(),
          node: w.node,
          token: w.revision,
          kind: 'user',
          name: w.node,
          role: 'officer',
          formKey: w.node,
          status: 'open',
          createdAt: at,
        })
        .execute(),
    );
  }
  await Promise.all(work);
}

const traceOf = (done: string | undefined, node: string | undefined) => [
  { what: 'ended', node: done ?? 'start', token: 3 },
  { what: 'entered', node: node ?? 'end', token: 4 },
];

/** The same rows without any engine: the next node is known beforehand. */
const rows: Runner = async (db, definitionId) => {
  const instanceId = newId();
  for (let i = 0; i <= steps.length; i += 1) {
    const taskId = i === 0 ? undefined : await openTask(db, instanceId);
    const [done, node] = [steps[i - 1], steps[i]];
    const w = {
      instanceId,
      revision: i + 1,
      state: stateAt(node ?? '', i * 2 + 3),
      node,
      done,
      trace: traceOf(done, node),
    };
    await transaction(context(db), (ctx) => writeRows(ctx, definitionId, w, taskId));
  }
};

/** bpmn-engine with the same rows: its state is read under the lock, recovered, advanced and written back. */
const other: Runner = async (db, definitionId, xml) => {
  const instanceId = newId();
  for (let i = 0; i <= steps.length; i += 1) {
    const taskId = i === 0 ? undefined : await openTask(db, instanceId);
    await transaction(context(db), async (ctx) => {
      const [row] =
        i === 0
          ? []
          : await ctx.tx.select().from(processInstances).where(eq(processInstances.id, instanceId)).for('update');
      const next = await otherStep(xml, row?.state as unknown as OtherState | undefined, steps[i - 1]);
      const [done, node] = [steps[i - 1], next.open[0]];
      if (node !== steps[i]) throw new Error(`bpmn-engine waits at ${node}`);
      const w = { instanceId, revision: i + 1, state: next as unknown as Json, node, done, trace: traceOf(done, node) };
      await writeRows(ctx, definitionId, w, taskId);
    });
  }
};

const runners: Record<Host, Runner> = { ours, rows, 'bpmn-engine': other };

const [host = 'ours', url = '', seconds = '5', lanes = '4'] = process.argv.slice(2);
const db = connect(url, { max: Number(lanes) + 1, applicationName: `bench-${host}` });
const [definition] = await db.select().from(processDefinitions).where(eq(processDefinitions.key, 'bench'));
if (!definition) throw new Error('no process is published');
const run = runners[host as Host];
await run(db, definition.id, definition.xml);
const until = performance.now() + Number(seconds) * 1000;
let completed = 0;
const began = performance.now();
await Promise.all(
  Array.from({ length: Number(lanes) }, async () => {
    while (performance.now() < until) {
      await run(db, definition.id, definition.xml);
      completed += 1;
    }
  }),
);
const elapsed = (performance.now() - began) / 1000;
const [size] = await context(db).db.execute<{ bytes: number }>(
  sql`select coalesce(avg(pg_column_size(state)), 0)::int as bytes from process_instances where status = 'active' or revision > 1`,
);
await db.$client.end();
console.log(JSON.stringify({ completed, elapsed, rate: completed / elapsed, stateBytes: size?.bytes ?? 0 }));
