import { connect, type Database } from '#db/client.ts';
import { env } from './env.ts';

const held = globalThis as { motCuaDatabase?: Database };

/** The pool of this process. Bundled copies of this module share it. */
export function database(): Database {
  held.motCuaDatabase ??= connect(env().databaseUrl!);
  return held.motCuaDatabase;
}
