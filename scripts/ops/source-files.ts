import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const generated = /^(node_modules|\.next|\.data|\.git|artifacts|test-results)(\/|$)/;

/** Every file of the source tree, as paths from its root: what git knows or would add, else what lies there. */
export async function sourceFiles(): Promise<string[]> {
  if (existsSync('.git')) {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    });
    return listed.split('\0').filter((file) => file !== '' && existsSync(file));
  }
  const entries = await readdir('.', { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !generated.test(file));
}
