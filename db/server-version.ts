import type postgres from 'postgres';

/** Oldest server the project works on, as `server_version_num`. */
const oldestServer = 150_000;

/** @throws when the server is older than this project supports */
export async function refuseOldServer(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ number: number; text: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`;
  refuseOldVersion(row?.number ?? 0, row?.text ?? '');
}

/** @throws when a server that says this of itself is too old */
export function refuseOldVersion(number: number, text: string): void {
  if (number < oldestServer)
    throw new Error(`The database server is PostgreSQL ${text}: PostgreSQL 15 or newer is needed.`);
}
