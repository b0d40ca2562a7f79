import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appRole,
  type Cluster,
  clusterFolder,
  ensureDatabase,
  ensureRoles,
  freePort,
  initialise,
  localUrl,
  ownerRole,
  randomPassword,
  reachableProgram,
  serverUser,
  startServer,
  stopServer,
} from '../embedded/index.ts';
import { migrate } from '../migrate.ts';

/** What a test process needs to reach the server of the run. */
export interface TestServer {
  port: number;
  passwords: { superuser: string; owner: string; app: string };
}

/** The migrated database every test database is a copy of. */
export const templateName = 'mot_cua_template';
const prefix = 'mot-cua-test-';
/** A lost test database is no loss: nothing waits for the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
};

/** Address of a database on the server of this run. */
export function urlFor(server: TestServer, role: 'superuser' | 'owner' | 'app', database: string): string {
  const names = { superuser: 'postgres', owner: ownerRole, app: appRole };
  return localUrl(names[role], server.passwords[role], server.port, database);
}

/** Starts a server of its own for one test run and migrates the template database in it. */
export async function startTestServer(): Promise<{ server: TestServer; stop(): Promise<void> }> {
  await removeAbandoned();
  const base = await mkdtemp(join(tmpdir(), prefix));
  // the server's user has to pass through
  await chmod(base, 0o711);
  await writeFile(join(base, 'pid'), String(process.pid));
  const user = serverUser();
  const cluster: Cluster = {
    program: await reachableProgram(user),
    user,
    folder: await clusterFolder(join(base, 'postgres'), user),
    logFile: join(base, 'postgres.log'),
  };
  await writeFile(join(base, 'folder'), cluster.folder);
  const server = {
    port: await freePort(),
    passwords: { superuser: randomPassword(), owner: randomPassword(), app: randomPassword() },
  };
  await initialise(cluster, server.passwords.superuser);
  await startServer(cluster, server.port, settings);
  const stop = () => remove(base, cluster.folder);
  try {
    await makeTemplate(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { server, stop };
}

async function makeTemplate(server: TestServer): Promise<void> {
  const admin = urlFor(server, 'superuser', 'postgres');
  await ensureRoles(admin, server.passwords);
  await ensureDatabase(admin, templateName);
  await migrate({ ownerUrl: urlFor(server, 'owner', templateName), appRole });
}

async function remove(base: string, folder: string): Promise<void> {
  await stopServer(folder);
  await rm(folder, { recursive: true, force: true });
  await rm(base, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind; the next run clears it away. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const base = join(tmpdir(), name);
    if (!existsSync(join(base, 'pid')) || !existsSync(join(base, 'folder')) || isAlive(base)) continue;
    await remove(base, readFileSync(join(base, 'folder'), 'utf8'));
  }
}

function isAlive(base: string): boolean {
  try {
    process.kill(Number(readFileSync(join(base, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
