import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { archiving, walFolder } from './archive.ts';
import { freePort, runningServer, startServer, stopServer } from './cluster.ts';
import { clusterFolder, giveTo, serverUser } from './place.ts';
import { localUrl } from './roles.ts';
import { clusterOf, readState, writeState } from './state.ts';

export interface RestoreTo {
  /** a folder without database */
  dataDir: string;
  /** what `makeBase` made; the passwords in it are those the data were made with */
  base: string;
  archive: string;
  /** the last moment that is brought back; undefined: as far as the archive goes */
  until?: Date;
}

const longestReplay = 6 * 3_600_000;

/**
 * Brings a base backup and the archived WAL after it into a new data folder, up to a moment, and stops the server again.
 * @throws when the archive does not reach that moment; nothing is left behind then
 */
export async function restoreTo({ dataDir, base, archive, until }: RestoreTo): Promise<void> {
  const root = resolve(dataDir);
  const state = await readState(base);
  if (!state) throw new Error(`${base} holds no base backup: database.json is missing in it.`);
  if (existsSync(join(root, 'database.json')) || existsSync(join(root, 'postgres')))
    throw new Error(`${root} holds a database already: set DATA_DIR to a new folder.`);
  await mkdir(root, { recursive: true, mode: 0o711 });
  const user = serverUser();
  const folder = await clusterFolder(join(root, 'postgres'), user);
  try {
    await cp(join(base, 'data'), folder, { recursive: true });
    await writeFile(join(folder, 'recovery.signal'), '');
    giveTo(user, folder);
    const port = await freePort(state.port);
    const here = { ...state, folder, port };
    await startServer(
      await clusterOf(here, root),
      port,
      {
        // what is written from then on is another line of time, and archived as such
        ...(await archiving(archive, user)),
        restore_command: `cp "${walFolder(archive)}/%f" "%p"`,
        recovery_target_action: 'promote',
        ...(until && { recovery_target_time: until.toISOString().replace('T', ' ').replace('Z', '+00') }),
      },
      longestReplay,
    );
    await promoted(localUrl('postgres', state.passwords.superuser, port, 'postgres')).catch((cause: unknown) => {
      if (runningServer(folder)) throw cause;
      const wanted = until?.toISOString() ?? 'its end';
      throw new Error(
        `The archive does not lead to ${wanted}: name an earlier moment, or latest (see ${join(root, 'postgres.log')}).`,
        { cause },
      );
    });
    await stopServer(folder);
    await writeState(root, here);
  } catch (error) {
    await stopServer(folder);
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A server that replays answers reads before it is done. */
async function promoted(superuserUrl: string): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    for (;;) {
      const [row] = await sql<{ replaying: boolean }[]>`select pg_is_in_recovery() as replaying`;
      if (!row?.replaying) return;
      await sleep(200);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}
