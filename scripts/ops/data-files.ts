import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a host makes anew, or what is about this host alone. */
const notKept = /^(database\.json|running\.json|postgres\.log|\.writable)$|\.(new|partial|password|backup)$|\.before-/;
const largest = 5_000_000;

/** Names of the files of DATA_DIR that belong to the data: secrets and accounts made once, no database, no log. */
export async function dataFiles(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !notKept.test(entry.name)).map((entry) => entry.name);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dataDir, name))).size));
  return names.filter((_, index) => (sizes[index] ?? 0) <= largest).sort();
}
