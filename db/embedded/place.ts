import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedProgram, type Program, programAt } from './program.ts';

/** Who the server runs as: empty means this user. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

/** Postgres refuses to run as root, so root lends it a user of its own. */
const serverUserName = 'postgres';
/** Folders that user can enter when it cannot enter the clone. */
const outsideFolders = ['/var/lib/mot-cua', join(tmpdir(), 'mot-cua')];

/** This user, or for root the user `postgres`, made when missing. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => spawnSync('id', [option, serverUserName], { encoding: 'utf8' });
  if (id('-u').status !== 0) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', serverUserName], { stdio: 'pipe' });
    } catch {
      throw new Error(
        `Postgres does not run as root and the user "${serverUserName}" could not be made: run "useradd --system ${serverUserName}" or start as another user.`,
      );
    }
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) };
}

function can(user: ServerUser, test: '-x' | '-w' | '-r', path: string): boolean {
  return spawnSync('/bin/sh', ['-c', `test ${test} "$0"`, path], { ...user, cwd: '/' }).status === 0;
}

/** Makes `folder` the user's own and says whether that user can reach and write it. */
export async function own(folder: string, user: ServerUser): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user.uid === undefined || user.gid === undefined) return true;
  await chown(folder, user.uid, user.gid);
  return can(user, '-w', folder);
}

/** Makes a folder and all that is in it the user's own. */
export function giveTo(user: ServerUser, folder: string): void {
  if (user.uid !== undefined) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
}

async function outsideFolder(user: ServerUser): Promise<string> {
  for (const folder of outsideFolders) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 });
      if (can(user, '-x', folder)) return folder;
    } catch {
      // try the next one
    }
  }
  throw new Error(
    `The user "${serverUserName}" can enter none of ${outsideFolders.join(', ')}: make one of them and start again.`,
  );
}

/** A folder for a new cluster: `wanted`, or one outside the clone where the server's user cannot enter it. */
export async function clusterFolder(wanted: string, user: ServerUser): Promise<string> {
  if (await own(wanted, user)) return wanted;
  await rm(wanted, { recursive: true });
  const folder = await mkdtemp(join(await outsideFolder(user), 'data-'));
  await own(folder, user);
  return folder;
}

/** The server's programs, copied outside the clone where the server's user cannot read them in it. */
export async function reachableProgram(user: ServerUser): Promise<Program> {
  const installed = await installedProgram();
  if (can(user, '-x', installed.postgres) && can(user, '-r', join(installed.root, 'share'))) return installed;
  const { version } = JSON.parse(await readFile(join(dirname(installed.root), 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(await outsideFolder(user), `postgres-${version}`);
  if (!existsSync(target)) {
    const partial = await mkdtemp(`${target}-`);
    await cp(installed.root, partial, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', partial]);
    // another process may have been quicker: its copy is as good
    await rename(partial, target).catch(() => rm(partial, { recursive: true }));
  }
  return programAt(target);
}
