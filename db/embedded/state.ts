import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Cluster } from './cluster.ts';
import { reachableProgram, serverUser } from './place.ts';

/** What is remembered about the embedded cluster in `DATA_DIR/database.json`, readable by this user alone. */
const EmbeddedState = z.object({
  /** data folder of the cluster */
  folder: z.string(),
  port: z.number(),
  passwords: z.object({ superuser: z.string(), owner: z.string(), app: z.string() }),
});
export type EmbeddedState = z.infer<typeof EmbeddedState>;

const stateFile = (dataDir: string) => join(dataDir, 'database.json');

/** Random enough for a password, with no character that needs quoting in SQL or an address. */
export const randomPassword = () => randomBytes(24).toString('base64url');

/** @throws when the file is there and cannot be used */
export async function readState(dataDir: string): Promise<EmbeddedState | undefined> {
  const path = stateFile(dataDir);
  if (!existsSync(path)) return undefined;
  try {
    return EmbeddedState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new Error(
      `The file ${path} is damaged: restore the folder ${dataDir} from a backup, or move it away to begin anew.`,
    );
  }
}

/** Written beside and moved into place, so that a crash leaves the old or the new file. */
export async function writeState(dataDir: string, state: EmbeddedState): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = stateFile(dataDir);
  await writeFile(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The cluster of a data folder, with the programs to run it. */
export async function clusterOf(state: EmbeddedState, root: string): Promise<Cluster> {
  const user = serverUser();
  return { program: await reachableProgram(user), user, folder: state.folder, logFile: join(root, 'postgres.log') };
}
