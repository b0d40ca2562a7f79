/** How the measurements of the kernel speak to the database: as the system, before whom no row is hidden. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { tasks } from '#db/schema/workflow.ts';
import { newContext, now, systemActor } from '#server/platform/index.ts';

export const context = (db: Database) => newContext(db, systemActor('bench'), now);

/** The id of the task an instance waits at; undefined when it is done. */
export async function openTask(db: Database, instanceId: string): Promise<string | undefined> {
  const [row] = await context(db)
    .db.select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.instanceId, instanceId), eq(tasks.status, 'open')));
  return row?.id;
}
