import { connect, type Database } from '#db/client.ts';
import { env } from './env.ts';

const held = globalThis as { motCuaDatabase?: Database };

/** The pool of this process. Bundled copies of this module share it. Ask for it each time: it may be a new one. */
export function database(): Database {
  held.motCuaDatabase ??= connect(env().databaseUrl!);
  return held.motCuaDatabase;
}

/** Gives up every connection at once; whoever waits on one gets an error. The next call of `database()` opens others. */
export function renewDatabase(): void {
  const old = held.motCuaDatabase;
  held.motCuaDatabase = undefined;
  old?.$client.end({ timeout: 0 }).catch(() => {});
}

/** Ends the pool after what runs on it, at most after `seconds`. */
export async function closeDatabase(seconds: number): Promise<void> {
  const old = held.motCuaDatabase;
  held.motCuaDatabase = undefined;
  await old?.$client.end({ timeout: seconds });
}
