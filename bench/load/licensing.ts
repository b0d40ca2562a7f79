/** One process of load: a licensing procedure of twelve activities with timers, history, audit and outbox, or its rows alone. */
import { eq, sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { type Json, processCommands, processHistory, processInstances, tasks } from '#db/schema/workflow.ts';
import { cancelJob, enqueue, newId, recordAudit, type TxContext, transaction } from '#server/platform/index.ts';
import { completeTask, startInstance } from '#server/workflow/index.ts';
import { context, openTask } from './as-system.ts';
import { activities, timed } from './diagrams.ts';

export type LicensingHost = 'licensing' | 'licensing-rows';

const inThirtyDays = () => new Date(Date.now() + 30 * 86_400_000);

/** What each command of the application writes beside the process: who did what, and a job that tells somebody. */
async function besides(ctx: TxContext, instanceId: string, what: string): Promise<void> {
  recordAudit(ctx, 'bench.step', { subjectType: 'process', subjectId: instanceId, details: { what } });
  await enqueue(ctx, 'bench.tell', { instanceId, what }, { runAt: inThirtyDays() });
}

async function ours(db: Database, definitionId: string): Promise<void> {
  const { instanceId } = await transaction(context(db), async (ctx) => {
    const started = await startInstance(ctx, {
      definitionId,
      businessKey: newId(),
      variables: { fee: 500_000 },
      commandId: newId(),
    });
    await besides(ctx, started.instanceId, 'start');
    return started;
  });
  for (const node of activities) {
    const taskId = (await openTask(db, instanceId))!;
    await transaction(context(db), async (ctx) => {
      await completeTask(ctx, { taskId, commandId: newId(), variables: {} });
      await besides(ctx, instanceId, node);
    });
  }
}

const stateAt = (node: string, n: number): Json => ({
  f: 1,
  status: 'active',
  n,
  t: [{ i: n, n: node, s: 1 }],
  s: [{ i: 1, n: 'p', t: 0 }],
  v: { fee: 500_000 },
});

/** The same rows with nobody thinking: what comes next is known beforehand. */
async function rows(db: Database, definitionId: string): Promise<void> {
  const instanceId = newId();
  for (let i = 0; i <= activities.length; i += 1) {
    const taskId = i === 0 ? undefined : await openTask(db, instanceId);
    const [done, node] = [activities[i - 1], activities[i]];
    await transaction(context(db), async (ctx) => {
      const at = ctx.now();
      await ctx.tx.insert(processCommands).values({ id: newId(), instanceId, answer: { instanceId }, at });
      const state = stateAt(node ?? '', i * 2 + 3);
      const status = node === undefined ? ('done' as const) : ('active' as const);
      const whole = { definitionId, processId: 'p', businessKey: newId(), startedAt: at };
      if (i === 0)
        await ctx.tx.insert(processInstances).values({ id: instanceId, ...whole, state, revision: 1, status });
      else {
        await ctx.tx.select().from(processInstances).where(eq(processInstances.id, instanceId)).for('update');
        await Promise.all([
          ctx.tx
            .update(processInstances)
            .set({ state, revision: i + 1, status, endedAt: status === 'done' ? at : null })
            .where(eq(processInstances.id, instanceId))
            .execute(),
          ctx.tx.update(tasks).set({ status: 'done', completedAt: at }).where(eq(tasks.id, taskId!)).execute(),
        ]);
      }
      const trace = [
        { what: 'ended', node: done ?? 'start', token: 3 },
        { what: 'entered', node: node ?? 'end', token: 4 },
      ];
      const command = `complete ${done ?? ''}`;
      await ctx.tx.insert(processHistory).values({ instanceId, revision: i + 1, at, actorId: 'bench', command, trace });
      if (node !== undefined)
        await ctx.tx.insert(tasks).values({
          id: newId(),
          instanceId,
          businessKey: newId(),
          node,
          token: i,
          kind: 'user',
          name: node,
          role: 'officer',
          formKey: node,
          status: 'open',
          createdAt: at,
        });
      if (done !== undefined && timed(done)) await cancelJob(ctx, `timer:${instanceId}:${done}`);
      if (node !== undefined && timed(node)) {
        const payload = { instanceId, at: i, node, fired: 0, dueAt: at.toISOString() };
        await enqueue(ctx, 'workflow.fire-timer', payload, {
          jobKey: `timer:${instanceId}:${node}`,
          runAt: inThirtyDays(),
        });
      }
      await besides(ctx, instanceId, done ?? 'start');
    });
  }
}

const runners: Record<LicensingHost, (db: Database, definitionId: string) => Promise<void>> = {
  licensing: ours,
  'licensing-rows': rows,
};

const [host = 'licensing', url = '', seconds = '5', lanes = '4'] = process.argv.slice(2);
const db = connect(url, { max: Number(lanes) + 1, applicationName: `bench-${host}` });
const [definition] = await db.execute<{ id: string }>(sql`select id from process_definitions where key = 'licensing'`);
const run = runners[host as LicensingHost];
await run(db, definition!.id);
const began = performance.now();
const until = began + Number(seconds) * 1000;
let completed = 0;
await Promise.all(
  Array.from({ length: Number(lanes) }, async () => {
    while (performance.now() < until) {
      await run(db, definition!.id);
      completed += 1;
    }
  }),
);
const elapsed = (performance.now() - began) / 1000;
const [size] = await context(db).db.execute<{ bytes: number }>(
  sql`select coalesce(max(octet_length(state::text)), 0)::int as bytes from process_instances where definition_id = ${definition!.id}`,
);
await db.$client.end();
console.log(JSON.stringify({ completed, elapsed, rate: completed / elapsed, stateBytes: size?.bytes ?? 0 }));
