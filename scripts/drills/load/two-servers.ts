import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import {
  appRole,
  type Cluster,
  clusterFolder,
  clusterOf,
  copyData,
  databaseName,
  freePort,
  giveTo,
  isGone,
  localUrl,
  openEmbedded,
  ownerRole,
  readState,
  runningServer,
  startServer,
  stopServer,
} from '#db/embedded/index.ts';
import { faultyLine } from '#db/testing/faulty-line.ts';
import { waitUntil } from './service.ts';

/**
 * A database on two servers, as operations.md advises: nothing is acknowledged that the other one has not on its disk. What asks
 * it goes over a line that leads to whichever leads, as behind HAProxy.
 */
export interface TwoServers {
  /** over the line */
  url: string;
  ownerUrl: string;
  /** In order: the leader stops, the other has all of it and leads. @returns the moment the leader was told to stop */
  switchOver(): Promise<number>;
  /** Without notice: the leader dies, the other leads. @returns the moment it died */
  loseLeader(): Promise<number>;
  /** The server that led before comes back and follows. */
  rejoin(): Promise<void>;
  close(): Promise<void>;
}

interface Server {
  cluster: Cluster;
  port: number;
}

/** What a follower calls itself, and what a leader waits for. */
const follower = 'follower';
const patience = 60_000;

/** Adds a second server to the embedded one of a data folder, and waits until it follows. */
export async function addFollower(dataDir: string): Promise<TwoServers> {
  const first = await openEmbedded(dataDir);
  const state = (await readState(dataDir))!;
  const { superuser, owner, app } = state.passwords;
  const asSuperuser = async <T>({ port }: Server, act: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(localUrl('postgres', superuser, port, 'postgres'), { max: 1, onnotice: () => {} });
    return act(sql).finally(() => sql.end({ timeout: 1 }));
  };
  /** Starts a server that takes everything from the leader; what it once waited for as a leader itself is forgotten. */
  const follow = async ({ cluster, port }: Server, leader: Server): Promise<void> => {
    const { folder, user } = cluster;
    const from = `host=127.0.0.1 port=${leader.port} user=postgres password=${superuser} application_name=${follower}`;
    await writeFile(join(folder, 'standby.signal'), '');
    const settings = [`primary_conninfo = '${from}'`, "synchronous_standby_names = ''", ''].join('\n');
    await appendFile(join(folder, 'postgresql.auto.conf'), settings);
    giveTo(user, folder);
    await startServer(cluster, port, { max_connections: '100' });
    await asSuperuser(leader, async (sql) => {
      const streams = async () =>
        (await sql`select from pg_stat_replication where application_name = ${follower} and state = 'streaming'`)
          .length > 0;
      await waitUntil(streams, patience, 'the second server to follow');
      await sql.unsafe(`alter system set synchronous_standby_names = '${follower}'`);
      await sql`select pg_reload_conf()`;
      const waits = async () => (await sql`select from pg_stat_replication where sync_state = 'sync'`).length > 0;
      await waitUntil(waits, patience, 'the leader to wait for the second server');
    });
  };
  let leader: Server = { cluster: await clusterOf(state, dataDir), port: state.port };
  const folder = await clusterFolder(join(dataDir, 'follower'), leader.cluster.user);
  let other: Server = {
    cluster: { ...leader.cluster, folder, logFile: join(dataDir, 'follower.log') },
    port: await freePort(),
  };
  await asSuperuser(leader, async (sql) => {
    // what is written while the copy is made has to be there still when it begins to follow
    await sql`alter system set wal_keep_size = '512MB'`;
    await sql`select pg_reload_conf()`;
    await copyData(sql, leader.cluster.folder, folder, { archived: false });
  });
  await follow(other, leader);
  const line = await faultyLine(first.url);
  const over = (url: string): string => Object.assign(new URL(url), { port: new URL(line.url).port }).href;
  const takeOver = async (): Promise<void> => {
    await asSuperuser(other, (sql) => sql`select pg_promote(true, ${patience / 1000})`);
    [leader, other] = [other, leader];
    line.leadTo(localUrl(appRole, app, leader.port, databaseName));
  };
  return {
    url: over(localUrl(appRole, app, leader.port, databaseName)),
    ownerUrl: over(localUrl(ownerRole, owner, leader.port, databaseName)),
    switchOver: async () => {
      const began = Date.now();
      await stopServer(leader.cluster.folder);
      await takeOver();
      return began;
    },
    loseLeader: async () => {
      const { folder: lost } = leader.cluster;
      const began = Date.now();
      process.kill(runningServer(lost)!.pid, 'SIGKILL');
      await isGone(lost, patience);
      await takeOver();
      return began;
    },
    rejoin: () => follow(other, leader),
    close: async () => {
      await line.close();
      for (const server of [other, leader]) await stopServer(server.cluster.folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
