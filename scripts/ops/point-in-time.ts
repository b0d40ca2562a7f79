import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connect } from '#db/client.ts';
import { baseBefore, makeBase, openEmbedded, restoreTo } from '#db/embedded/index.ts';
import type { Env } from '#server/platform/env.ts';
import { dataFiles } from './data-files.ts';
import { StopError, say } from './report.ts';

/** Files of DATA_DIR that belong to a base backup: beside the usual ones the passwords of the database's roles. */
const filesOf = async (dataDir: string): Promise<string[]> =>
  [...(await dataFiles(dataDir)), 'database.json'].map((name) => join(dataDir, name));

/** The folder of the archive. @throws where there is none, or the database is not ours to copy */
function archiveOf({ walArchive, databaseUrl }: Env): string {
  if (databaseUrl !== undefined)
    throw new StopError(
      'DATABASE_URL is set: back that server up with its own tools, such as pg_basebackup or pgbackrest.',
    );
  if (walArchive === undefined) throw new StopError('WAL_ARCHIVE: set it to the folder the WAL is archived to.');
  return walArchive;
}

/** A base backup of the embedded database, while it works. */
export async function backUpBase(settings: Env): Promise<void> {
  const archive = archiveOf(settings);
  const began = Date.now();
  const { dataDir } = settings;
  const database = await openEmbedded(dataDir, say, archive);
  try {
    const { superuserUrl, folder } = database;
    const base = await makeBase(superuserUrl, { folder, archive, files: await filesOf(dataDir) });
    say(`base backup ${base} in ${((Date.now() - began) / 1000).toFixed(1)} s. It holds personal data and secrets.`);
  } finally {
    if (!database.adopted) await database.stop();
  }
}

/**
 * Brings the embedded database as it was at `until` into a new DATA_DIR, with the files of that time, and makes a base backup of it.
 * @param until an instant with its zone, or `latest` @param verify looks at what came back
 */
export async function restoreUntil(
  settings: Env,
  until: string,
  verify: (ownerUrl: string) => Promise<void>,
): Promise<void> {
  const archive = archiveOf(settings);
  const { dataDir } = settings;
  const at = until === 'latest' ? undefined : momentOf(until);
  const base = await baseBefore(archive, at ?? new Date());
  say(`From ${base} and the WAL after it to ${at?.toISOString() ?? 'the end of the archive'}`);
  await restoreTo({ dataDir, base, archive, ...(at && { until: at }) });
  for (const name of await readdir(base))
    if (name !== 'data' && name !== 'database.json') await copyFile(join(base, name), join(dataDir, name));
  const database = await openEmbedded(dataDir, say, archive);
  try {
    const { ownerUrl, superuserUrl, folder } = database;
    const owner = connect(ownerUrl, { max: 1 });
    // who was signed out after that moment shall not be signed in again
    await owner.execute(sql`update sessions set revoked_at = now() where revoked_at is null`);
    await owner.$client.end();
    await verify(ownerUrl);
    say(`base backup ${await makeBase(superuserUrl, { folder, archive, files: await filesOf(dataDir) })}`);
  } finally {
    await database.stop();
  }
}

/** @throws for what names no instant, or leaves its zone to be guessed */
function momentOf(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/.test(text))
    throw new StopError('--until: write an instant with its zone, such as 2026-11-23T14:05:00+07:00, or latest.');
  return at;
}
