// What the product is made of, as CycloneDX; with --since <commit or tag>, what became of its packages since then.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Locked, lockChanges } from './ops/lock-changes.ts';
import { main, StopError, say } from './ops/report.ts';

const packagesIn = (lock: string): Locked => (JSON.parse(lock) as { packages: Locked }).packages;

function run(command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new StopError(`${command} ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}

await main(async () => {
  const { values } = parseArgs({ options: { since: { type: 'string' } } });
  if (values.since === undefined) {
    process.stdout.write(run('npm', ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx']));
    return 0;
  }
  if (!/^[\w./~^-]+$/.test(values.since) || values.since.startsWith('-'))
    throw new StopError('--since takes the name of a commit or tag.');
  const changes = lockChanges(
    packagesIn(run('git', ['show', `${values.since}:package-lock.json`])),
    packagesIn(readFileSync('package-lock.json', 'utf8')),
  );
  say(changes.length === 0 ? `The same packages as in ${values.since}` : changes.join('\n'));
  return 0;
});
