/** Whether the rows around every running instance say what its state says: tasks, timers, subscriptions, jobs, history. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { processInstances, processSubscriptions, tasks } from '#db/schema/workflow.ts';
import { modelOf } from '../definitions.ts';
import { derive, type Model, type State, waitingNodes } from '../kernel/index.ts';
import { effectKey, timerKey } from '../reconcile.ts';
import { stateFaults } from './random-play.ts';

type Instance = typeof processInstances.$inferSelect;

const sorted = (list: string[]) => [...list].sort().join(' ');

/**
 * @param db with the owner's rights: the queue is looked at too
 * @param only business keys to look at; all when absent
 * @returns one sentence a fault
 */
export async function processFaults(db: Database, only?: string[]): Promise<string[]> {
  const faults: string[] = [];
  const jobs = await db.execute<{ key: string | null; worn: boolean; name: string; last_error: string | null }>(sql`
    select key, task_identifier as name, attempts >= max_attempts as worn, last_error from graphile_worker.jobs`);
  const keys = new Set(jobs.map((j) => j.key));
  // one without a key was taken back while it ran: its failure concerns nobody
  for (const j of jobs.filter((one) => one.worn && one.last_error && (one.key || !one.name.startsWith('workflow.'))))
    faults.push(`the job ${j.name} gave up: ${j.last_error}`);
  for (const instance of (await db.select().from(processInstances)).filter(
    (one) => only?.includes(one.businessKey) ?? true,
  ))
    faults.push(...(await faultsOf(db, instance, keys)).map((fault) => `process ${instance.id} ${fault}`));
  const gaps = await db.execute<{ id: string }>(sql`
    select i.id from process_instances i left join process_history h on h.instance_id = i.id
    group by i.id, i.revision having count(h.revision) <> i.revision or max(h.revision) <> i.revision`);
  for (const { id } of gaps) faults.push(`process ${id} has not one history row a revision`);
  return faults;
}

async function faultsOf(db: Database, instance: Instance, keys: Set<string | null>): Promise<string[]> {
  const state = instance.state as unknown as State;
  const model = await modelOf(db, instance.definitionId, instance.processId);
  const waits = derive(model, state);
  const faults = stateFaults(state).map((fault) => `has a broken state: ${fault}`);
  const same = (what: string, rows: string[], derived: string[]) => {
    if (sorted(rows) !== sorted(derived))
      faults.push(`has ${what} [${sorted(rows)}] where its state says [${sorted(derived)}]`);
  };
  const taskRows = await db.select().from(tasks).where(eq(tasks.instanceId, instance.id));
  const open = taskRows.filter((t) => t.status === 'open');
  const wanted = waits.waiting.filter((w) => w.kind !== 'call' && w.kind !== 'receive');
  same(
    'open tasks',
    open.map((t) => `${t.node}:${t.token}`),
    wanted.map((w) => `${w.node}:${w.token}`),
  );
  const subscriptions = await db
    .select()
    .from(processSubscriptions)
    .where(eq(processSubscriptions.instanceId, instance.id));
  same(
    'subscriptions',
    subscriptions.map((s) => `${s.node}:${s.at}`),
    waits.subscriptions.map((s) => `${s.node}:${s.at}`),
  );
  const [own] = await db.execute<{ keys: string[] | null }>(sql`
    select array_agg(key) as keys from graphile_worker.jobs where key like ${`timer:${instance.id}:%`}`);
  same(
    'timer jobs',
    own?.keys ?? [],
    waits.timers.map((t) => timerKey(instance.id, t)),
  );
  if (instance.status === 'active')
    for (const task of open.filter((t) => t.kind !== 'user'))
      if (!keys.has(effectKey(instance.id, task.token))) faults.push(`waits at ${task.node} without a job`);
  const settled: Instance['status'][] = ['done', 'cancelled'];
  if (settled.includes(instance.status) !== settled.includes(state.status as Instance['status']))
    faults.push(`is ${instance.status} with a state that is ${state.status}`);
  if (instance.status === 'incident') faults.push('is stuck');
  return faults;
}

/** What the element an instance waits at last says it shows: the property of the diagram. */
export async function shownProperty(db: Database, instanceId: string, name: string): Promise<string | undefined> {
  const [instance] = await db.select().from(processInstances).where(eq(processInstances.id, instanceId));
  if (!instance) return undefined;
  const model: Model = await modelOf(db, instance.definitionId, instance.processId);
  const last = waitingNodes(model, instance.state as unknown as State).at(-1);
  return last === undefined ? undefined : model.nodes.get(last)?.properties[name];
}
