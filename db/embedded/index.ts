import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { archiving } from './archive.ts';
import { freePort, initialise, isGone, type RunningServer, runningServer, startServer, stopServer } from './cluster.ts';
import { clusterFolder, serverUser } from './place.ts';
import { appRole, ensureDatabase, ensureRoles, localUrl, ownerRole } from './roles.ts';
import { clusterOf, type EmbeddedState, randomPassword, readState, writeState } from './state.ts';

export { baseBefore, copyData, makeBase } from './archive.ts';
export { type Cluster, freePort, initialise, isGone, runningServer, startServer, stopServer } from './cluster.ts';
export { clusterFolder, giveTo, reachableProgram, serverUser } from './place.ts';
export { restoreTo } from './restore-to.ts';
export { appRole, ensureDatabase, ensureRoles, localUrl, ownerRole } from './roles.ts';
export { clusterOf, randomPassword, readState } from './state.ts';

/** Name of the one database in the embedded server. */
export const databaseName = 'mot_cua';
/**
 * Small at rest, ample for a ministry's demo; an operator with more to hold sets DATABASE_URL. Memory for pages is taken as
 * they are read: an eighth of the machine's lets a register of a million entries be searched without asking the disk.
 */
const settings = { max_connections: '100', shared_buffers: `${pageMemory()}MB`, work_mem: '16MB', jit: 'off' };

function pageMemory(): number {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const eighth = Math.min(totalmem(), limit) / 8 / 2 ** 20;
  return Math.round(Math.min(1024, Math.max(128, eighth)));
}

export interface EmbeddedDatabase {
  /** for the application */
  url: string;
  /** for migrations, worker schema, backup and audit check */
  ownerUrl: string;
  /** for what concerns the whole server, such as a base backup */
  superuserUrl: string;
  /** data folder of the cluster, which may be outside DATA_DIR */
  folder: string;
  /** the server was running already: another process, or one that died, started it */
  adopted: boolean;
  stop(): Promise<void>;
}

/**
 * Brings up the embedded Postgres of a data folder: makes it the first time, adopts a server that still runs.
 * @param say told each step in words
 * @param archive folder its WAL is archived to, when this starts it
 */
export async function openEmbedded(
  dataDir: string,
  say: (line: string) => void = () => {},
  archive?: string,
): Promise<EmbeddedDatabase> {
  const root = resolve(dataDir);
  await mkdir(root, { recursive: true });
  const state = (await readState(root)) ?? (await createCluster(root, say));
  const found = runningServer(state.folder);
  try {
    return await reach(state, root, found, say, archive);
  } catch (error) {
    // one that was being killed while it was looked at was there, and is not any more
    if (found === undefined || !(await isGone(state.folder, 2_000))) throw error;
    return await reach(state, root, undefined, say, archive);
  }
}

/** Makes sure that the server that was found, or a new one, has our roles and database. */
async function reach(
  state: EmbeddedState,
  root: string,
  found: RunningServer | undefined,
  say: (line: string) => void,
  archive?: string,
): Promise<EmbeddedDatabase> {
  const port = found?.port ?? (await startOn(state, root, say, archive));
  if (port !== state.port) await writeState(root, { ...state, port });
  if (found) say(`Postgres is running already (process ${found.pid}, port ${port})`);
  const superuserUrl = localUrl('postgres', state.passwords.superuser, port, 'postgres');
  await ensureRoles(superuserUrl, state.passwords);
  await ensureDatabase(superuserUrl, databaseName);
  return {
    url: localUrl(appRole, state.passwords.app, port, databaseName),
    ownerUrl: localUrl(ownerRole, state.passwords.owner, port, databaseName),
    superuserUrl,
    folder: state.folder,
    adopted: found !== undefined,
    stop: () => stopServer(state.folder),
  };
}

async function createCluster(root: string, say: (line: string) => void): Promise<EmbeddedState> {
  const user = serverUser();
  const wanted = join(root, 'postgres');
  const unfinished = join(root, 'postgres.unfinished');
  // broken off while it was made: no server ever ran on it, so nothing was put into it
  if (existsSync(unfinished) && !existsSync(join(wanted, 'postmaster.opts')))
    await rm(wanted, { recursive: true, force: true });
  if (existsSync(join(wanted, 'PG_VERSION'))) {
    throw new Error(
      `${wanted} holds a database but ${join(root, 'database.json')} with its passwords is missing: restore that file, or move the folder away to begin anew.`,
    );
  }
  if (existsSync(wanted) && readdirSync(wanted).length > 0) {
    throw new Error(
      `${wanted} is not empty and holds no database: move it away, or set DATA_DIR to another folder. Nothing in it was changed.`,
    );
  }
  await writeFile(unfinished, '');
  const folder = await clusterFolder(wanted, user);
  say(`Making the database in ${folder}`);
  const passwords = { superuser: randomPassword(), owner: randomPassword(), app: randomPassword() };
  const state = { folder, port: await freePort(), passwords };
  try {
    await initialise(await clusterOf(state, root), passwords.superuser);
    await writeState(root, state);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  return state;
}

async function startOn(
  state: EmbeddedState,
  root: string,
  say: (line: string) => void,
  archive?: string,
): Promise<number> {
  if (!existsSync(join(state.folder, 'PG_VERSION'))) {
    throw new Error(
      `The database folder ${state.folder} is missing or broken: restore it from a backup, or move ${root} away to begin anew.`,
    );
  }
  const cluster = await clusterOf(state, root);
  const port = await freePort(state.port);
  say(`Starting Postgres on 127.0.0.1:${port}, data in ${state.folder}`);
  await startServer(cluster, port, { ...settings, ...(archive && (await archiving(archive, cluster.user))) });
  return port;
}
