/** What one step costs: over the size of the diagram, and over the number of instances that are there already. */
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { newId, transaction } from '#server/platform/index.ts';
import { completeTask, startInstance } from '#server/workflow/index.ts';
import { context, openTask } from './as-system.ts';

export const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

/** Completes tasks of instances of a definition one after the other. @returns ms of each step */
export async function stepTimes(db: Database, definitionKey: string, steps: number): Promise<number[]> {
  const times: number[] = [];
  let instanceId: string | undefined;
  while (times.length < steps) {
    instanceId ??= (
      await transaction(context(db), (ctx) =>
        startInstance(ctx, { definitionKey, businessKey: newId(), variables: {}, commandId: newId() }),
      )
    ).instanceId;
    const taskId = await openTask(db, instanceId);
    if (taskId === undefined) {
      instanceId = undefined;
      continue;
    }
    const began = performance.now();
    await transaction(context(db), (ctx) => completeTask(ctx, { taskId, commandId: newId(), variables: {} }));
    times.push(performance.now() - began);
  }
  return times;
}

/** Running instances, each with its open task and a row of history, as rows. */
export async function seedInstances(owner: Database, definitionKey: string, count: number): Promise<void> {
  const slice = 50_000;
  for (let done = 0; done < count; done += slice) {
    const n = Math.min(slice, count - done);
    await owner.transaction(async (tx) => {
      await tx.execute(sql`set local statement_timeout = 0`);
      await tx.execute(sql`create temporary table seeded on commit drop as
        select gen_random_uuid() as id, gen_random_uuid() as key from generate_series(1, ${n}::int)`);
      await tx.execute(sql`insert into process_instances (id, definition_id, process_id, business_key, state, revision, status, started_at)
        select s.id, d.id, 'p', s.key, '{"f":1,"status":"active","n":3,"t":[{"i":3,"n":"t0","s":1}],"s":[{"i":1,"n":"p","t":0}],"v":{}}'::jsonb, 1, 'active', now()
        from seeded s, (select id from process_definitions where key = ${definitionKey}) d`);
      await tx.execute(sql`insert into tasks (id, instance_id, business_key, node, token, kind, name, role, status, created_at)
        select gen_random_uuid(), id, key, 't0', 3, 'user', 't0', 'officer', 'open', now() from seeded`);
      await tx.execute(sql`insert into process_history (instance_id, revision, at, actor_id, command, trace)
        select id, 1, now(), 'bench', 'start', '[{"what":"entered","node":"t0","token":3}]'::jsonb from seeded`);
    });
  }
  await owner.execute(sql`analyze process_instances`);
  await owner.execute(sql`analyze tasks`);
  await owner.execute(sql`analyze process_history`);
}
