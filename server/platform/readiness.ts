import { watchDatabase } from './database-watch.ts';
import { isDraining } from './draining.ts';
import { env } from './env.ts';

/** Why this process should get no more requests; `ready` when it should. */
export type Readiness = 'ready' | 'starting' | 'draining' | 'database' | 'migrating';

/**
 * Not draining, the database answered a moment ago, and every migration this code was built with has been applied. It
 * answers at once: the watch has looked, so that a thousand questions are no more work than one.
 */
export async function readiness(): Promise<Readiness> {
  if (isDraining()) return 'draining';
  const watch = watchDatabase(env().databaseUrl!);
  await watch.first;
  return watch.state === 'unknown' ? 'starting' : watch.state;
}
