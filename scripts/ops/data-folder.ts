import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StopError } from './report.ts';

/** Left in a folder by the first start on it: whose it is. */
const mark = '.writable';
const ours = new Set([
  mark,
  'database.json',
  'auth-secret',
  'demo-accounts.json',
  'running.json',
  'postgres',
  'backups',
]);
/** What a shell, a disk or an operator puts into an empty folder before the first start. */
const harmless = /^\.|^lost\+found$|\.(log|pid|out|err|backup)$/;

/**
 * Makes DATA_DIR and marks it as ours. A folder with files of something else, and none of ours, is left as it is.
 * @throws in one sentence where the folder is not ours or cannot be written
 */
export async function takeFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    const found = await readdir(folder);
    const [other] = found.filter((name) => !harmless.test(name)).sort();
    if (other !== undefined && !found.some((name) => ours.has(name)))
      throw new StopError(
        `DATA_DIR: ${folder} holds files of something else (${other}) and none of this service; choose an empty or a new folder. Nothing in it was changed.`,
      );
    await writeFile(join(folder, mark), '');
  } catch (error) {
    if (error instanceof StopError) throw error;
    throw new StopError(
      `DATA_DIR: ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}); choose another folder.`,
    );
  }
}

/**
 * Makes a folder and those above it. `recursive` of the runtime never ends where a folder that exists says that it does
 * not when something is made in it, as those of the kernel do.
 */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await make();
  }
}
