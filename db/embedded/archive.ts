import { copyFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import postgres from 'postgres';
import { own, type ServerUser } from './place.ts';

/** Where the server puts its WAL, below the archive's folder. */
export const walFolder = (archive: string): string => join(archive, 'wal');

/** Folders whose content a server makes anew, and files that are about the server that runs. */
const emptied = /^pg_(wal|dynshmem|notify|serial|snapshots|stat_tmp|subtrans|replslot)$/;
const notCopied = /^(postmaster\.(pid|opts)|pg_internal\.init|backup_label|.*\.signal)$|^pgsql_tmp/;

/**
 * Server settings that archive every finished piece of WAL, and one a minute at least. A piece that is there already with the
 * same content counts as archived; another content is never overwritten.
 * @throws when the server's user cannot write there
 */
export async function archiving(archive: string, user: ServerUser): Promise<Record<string, string>> {
  const folder = walFolder(archive);
  await mkdir(archive, { recursive: true, mode: 0o711 });
  if (!(await own(folder, user)))
    throw new Error(`WAL_ARCHIVE: the database's user cannot write to ${folder}; choose a folder it can enter.`);
  const target = `"${folder}/%f"`;
  const partial = `"${folder}/%f.partial"`;
  return {
    archive_mode: 'on',
    archive_timeout: '60',
    archive_command: `if test -f ${target}; then cmp -s "%p" ${target}; else cp "%p" ${partial} && sync ${partial} && mv ${partial} ${target}; fi`,
  };
}

const baseName = (at: Date): string => `base-${at.toISOString().replace(/[-:]/g, '')}`;
const nameOfBase = /^base-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z$/;

/** The newest base backup that was whole by then. @throws when there is none */
export async function baseBefore(archive: string, until: Date): Promise<string> {
  const names = (await readdir(archive)).filter((name) => nameOfBase.test(name)).sort();
  const name = names.findLast((each) => new Date(each.replace(nameOfBase, '$1-$2-$3T$4:$5:$6Z')) <= until);
  if (!name) throw new Error(`${archive} holds no base backup that was made before ${until.toISOString()}.`);
  return join(archive, name);
}

/**
 * Copies the data of a running server, so that with the WAL from then on they become whole as of any later moment.
 * @param files of DATA_DIR that belong to them @returns the folder it is in
 */
export async function makeBase(
  superuserUrl: string,
  { folder, archive, files }: { folder: string; archive: string; files: string[] },
): Promise<string> {
  const partial = join(archive, `base.partial-${process.pid}`);
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {}, connection: { statement_timeout: 0 } });
  try {
    const [server] = await sql`select current_setting('archive_mode') <> 'off' as archives`;
    if (!server?.archives)
      throw new Error('The database archives no WAL: start the system with WAL_ARCHIVE set, then try again.');
    await copyData(sql, folder, join(partial, 'data'), { archived: true });
    for (const file of files) await copyThere(file, join(partial, basename(file)));
    const base = join(archive, baseName(new Date()));
    await rename(partial, base);
    return base;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Copies the data of a running server by a session of its superuser.
 * @param archived wait until the WAL that makes them whole is archived
 */
export async function copyData(
  superuser: postgres.Sql,
  folder: string,
  to: string,
  { archived }: { archived: boolean },
): Promise<void> {
  // both calls belong to one session: the first makes a checkpoint
  await superuser`select pg_backup_start('mot-cua', true)`;
  await copyFolder(folder, to);
  const [row] = await superuser<{ labelfile: string }[]>`select labelfile from pg_backup_stop(${archived})`;
  await writeFile(join(to, 'backup_label'), row!.labelfile, { mode: 0o600 });
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (notCopied.test(entry.name)) continue;
    if (entry.isFile()) await copyThere(source, target);
    else if (emptied.test(entry.name)) await mkdir(target, { mode: 0o700 });
    else if (entry.isDirectory()) await copyFolder(source, target);
  }
}

/** A table may be dropped while its file is waited for: the WAL knows of it. */
async function copyThere(source: string, target: string): Promise<void> {
  try {
    await copyFile(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const file = await open(target, 'r+');
  await file.sync();
  await file.close();
}
