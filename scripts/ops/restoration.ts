import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instance, scratchData, startInstance } from './instance.ts';
import { StopError } from './report.ts';

/** Runs a script on a data folder and gives what it said. @throws StopError with that when it fails */
export function runScript(script: string, args: string[], dataDir: string): string {
  const { DATABASE_URL, DATABASE_OWNER_URL, ...env } = process.env;
  const result = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
    env: { ...env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new StopError(`${script} failed: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

const auditRows = (said: string): number => Number(/holds: (\d+) rows/.exec(said)?.[1] ?? Number.NaN);

/**
 * Backs a running instance up, destroys it with its data, restores into a new folder and starts on that.
 * @returns the instance that runs then, and what the restore said @throws StopError when something is missing
 */
export async function destroyAndRestore(instance: Instance): Promise<{ restored: Instance; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-backup-'));
  try {
    const file = join(folder, 'backup');
    const before = auditRows(runScript('audit-verify', [], instance.dataDir));
    runScript('backup', [file], instance.dataDir);
    const accounts = await readFile(join(instance.dataDir, 'demo-accounts.json'), 'utf8');
    await instance.remove();
    const dataDir = await scratchData();
    const said = runScript('restore', [file], dataDir);
    if (!(auditRows(said) >= before)) throw new StopError(`Audit rows are missing after the restore:\n${said}`);
    if ((await readFile(join(dataDir, 'demo-accounts.json'), 'utf8')) !== accounts)
      throw new StopError('The demo accounts after the restore are others.');
    return { restored: await startInstance(dataDir), said };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
