import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeData } from '../../ops/instance.ts';

/** A disk of its own that can be filled and emptied without harm to anybody. */
export interface SmallDisk {
  /** a folder on it that the database's user can pass through */
  folder: string;
  /** takes whatever room is left; may be called again for what became free since. @returns bytes taken */
  fill(): number;
  /** gives the room back */
  free(): void;
  remove(): void;
}

const prefix = 'mot-cua-disk-';
const block = Buffer.alloc(1_048_576);

/** Mounts a disk in memory of so many megabytes; null where this user may not mount. Those of killed runs are cleared away. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | null> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isRunning(Number(name.slice(prefix.length)))) continue;
    await removeData(join(tmpdir(), name, 'data'));
    unmount(join(tmpdir(), name));
  }
  const mounted = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(mounted, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', mounted];
  if (spawnSync('mount', options).status !== 0) {
    rmSync(mounted, { recursive: true });
    return null;
  }
  const folder = join(mounted, 'data');
  mkdirSync(folder, { mode: 0o711 });
  const ballast = join(mounted, 'ballast');
  return {
    folder,
    fill: () => {
      const file = openSync(ballast, 'a');
      try {
        return fillUp(file);
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => unmount(mounted),
  };
}

/** Writes until not even a byte finds room. */
function fillUp(file: number): number {
  let taken = 0;
  for (let size = block.length; size > 0; ) {
    try {
      taken += writeSync(file, block, 0, size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      size = Math.floor(size / 16);
    }
  }
  return taken;
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
}

const isRunning = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return false;
  }
};
