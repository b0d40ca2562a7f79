import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type Instance, startInstance } from './instance.ts';
import { StopError } from './report.ts';

/** How many audit rows there are, by the checker itself. @throws when the chain is broken */
function auditRows(dataDir: string): number {
  const { DATABASE_URL, DATABASE_OWNER_URL, ...env } = process.env;
  const result = spawnSync(process.execPath, ['scripts/audit-verify.ts'], {
    env: { ...env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  const rows = /holds: (\d+) rows/.exec(result.stdout)?.[1];
  if (result.status !== 0 || rows === undefined)
    throw new StopError(`The audit check failed: ${result.stdout}${result.stderr}`);
  return Number(rows);
}

/** What a process holds in memory, in MB. */
export const residentMegabytes = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;

/** Processes whose parent is `parent`. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Kills every process of a running instance, Postgres too, as a power cut would, and starts it on the same data.
 * @returns the instance that runs now @throws StopError when an audit row is gone or it does not start
 */
export async function killAndStartAgain(instance: Instance): Promise<Instance> {
  const before = auditRows(instance.dataDir);
  const parent = instance.process.pid ?? 0;
  for (const pid of [...childrenOf(parent), parent]) process.kill(pid, 'SIGKILL');
  const again = await startInstance(instance.dataDir);
  const after = auditRows(again.dataDir);
  if (after < before) throw new StopError(`${before - after} audit rows are gone after the kill.`);
  return again;
}
