import postgres from 'postgres';
import { appRole, openEmbedded } from '#db/embedded/index.ts';
import { refuseOldServer } from '#db/server-version.ts';
import type { Env } from '#server/platform/env.ts';
import { StopError } from './report.ts';

export interface OpenDatabase {
  /** for the application */
  url: string;
  /** for migrations, the worker's schema, backup and audit check */
  ownerUrl: string;
  /** the role behind `url` */
  appRole: string;
  /** data of the embedded server; absent for a server of one's own */
  folder?: string;
  /** stops the embedded server when this process started it; nothing otherwise */
  release(): Promise<void>;
  /** stops the embedded server whoever started it; nothing for a server of one's own */
  stop(): Promise<void>;
}

/** Brings up the embedded database, or checks that the one named by DATABASE_URL answers and is new enough. */
export async function openDatabase(settings: Env, say: (line: string) => void): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return openExternal(settings.databaseUrl, settings.databaseOwnerUrl, say);
  const embedded = await openEmbedded(settings.dataDir, say, settings.walArchive);
  const { url, ownerUrl, folder, adopted, stop } = embedded;
  return { url, ownerUrl, appRole, folder, stop, release: adopted ? async () => {} : stop };
}

async function openExternal(url: string, ownerUrl = url, say: (line: string) => void): Promise<OpenDatabase> {
  say(`Using the database at ${withoutPassword(url)}`);
  const variable = ownerUrl === url ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
  await withClient(variable, ownerUrl, async (sql) => {
    await refuseOldServer(sql);
    await refuseUnfit(sql, variable, ownerUrl);
  });
  const nothing = async () => {};
  if (new URL(ownerUrl).username === new URL(url).username) {
    await withClient('DATABASE_URL', ownerUrl, ensureAppRole);
    const asApp = new URL(url);
    asApp.searchParams.set('options', `-c role=${appRole}`);
    return { url: asApp.href, ownerUrl, appRole, release: nothing, stop: nothing };
  }
  await withClient('DATABASE_URL', url, async (sql) => {
    await sql`select 1`;
  });
  return { url, ownerUrl, appRole: decodeURIComponent(new URL(url).username), release: nothing, stop: nothing };
}

interface Fitness {
  standby: boolean;
  encoding: string;
  user: string;
  makes: boolean;
  stranger: string | null;
}

/** What would make the first migration fail half-way into a start. @throws with one sentence and the remedy */
async function refuseUnfit(sql: postgres.Sql, variable: string, url: string): Promise<void> {
  const [found] = await sql<Fitness[]>`
    select pg_is_in_recovery() as standby, current_setting('server_encoding') as encoding, current_user::text as user,
      has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as makes,
      (select pg_get_userbyid(relowner)::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname = 'audit_entries' and not pg_has_role(relowner, 'usage')) as stranger`;
  const at = `${variable}: ${withoutPassword(url)}`;
  if (!found) return;
  if (found.standby) throw new StopError(`${at} is a standby that can only be read: name the primary server.`);
  if (found.encoding !== 'UTF8')
    throw new StopError(`${at} is encoded as ${found.encoding}: make a database with encoding 'UTF8'.`);
  if (found.stranger) {
    throw new StopError(
      `${at}: the tables belong to ${found.stranger}, not to ${found.user}: connect as ${found.stranger}.`,
    );
  }
  if (!found.makes) {
    const database = new URL(url).pathname.slice(1);
    throw new StopError(
      `${at}: ${found.user} may not make tables there: have an administrator run "alter database ${database} owner to ${found.user}".`,
    );
  }
}

/** Where one address serves for all, the application steps down to a role that owns nothing. */
async function ensureAppRole(sql: postgres.Sql): Promise<void> {
  const present = await sql`select 1 from pg_roles where rolname = ${appRole}`;
  try {
    if (present.length === 0) await sql`create role ${sql(appRole)} nologin`;
    await sql`grant ${sql(appRole)} to current_user`;
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new StopError(
      `The user of DATABASE_URL may not make the role ${appRole}: have an administrator run ` +
        `"create role ${appRole} nologin; grant ${appRole} to <that user>", or set DATABASE_OWNER_URL beside DATABASE_URL.`,
    );
  }
}

async function withClient(variable: string, url: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await work(sql);
  } catch (error) {
    const { code } = error as { code?: string };
    const known = code === undefined ? undefined : connectionProblems[code];
    if (known) throw new StopError(`${variable}: ${withoutPassword(url)} ${known}.`);
    if (code === undefined) throw error;
    throw new StopError(`${variable}: ${withoutPassword(url)} answers: ${(error as Error).message} (${code}).`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** By the driver's and the server's codes. */
export const connectionProblems: Record<string, string> = {
  ECONNREFUSED: 'does not answer: check address and port, and that the server runs',
  ENOTFOUND: 'names a host that is not known',
  EAI_AGAIN: 'names a host that is not known',
  EHOSTUNREACH: 'cannot be reached from here',
  CONNECT_TIMEOUT: 'does not answer within 10 s: check address, port and firewall',
  CONNECTION_CLOSED: 'closed the connection: is it a PostgreSQL server?',
  '28P01': 'refuses user or password',
  '28000': 'refuses this user from here (pg_hba.conf)',
  '3D000': 'has no database of that name: make it first',
  '57P03': 'is starting or stopping: try again in a moment',
  '42501': 'lets this user in, but not into the database',
  '53300': 'has no free connection: raise max_connections or stop other clients',
};

/** An address that may be shown. */
export function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
