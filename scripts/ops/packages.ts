import { spawnSync } from 'node:child_process';
import { StopError, say } from './report.ts';

/** Programs of the system the tests use, and the Debian package each comes from. */
const needed: [program: string, debianPackage: string][] = [
  ['chromium', 'chromium'],
  ['pdfsig', 'poppler-utils'],
  ['qpdf', 'qpdf'],
  ['certutil', 'libnss3-tools'],
  ['mutool', 'mupdf-tools'],
  ['/usr/sbin/clamd', 'clamav-daemon'],
];

const isThere = (program: string) => spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0;

/** Installs what is missing as root; otherwise names the command. @throws StopError with that command */
export function ensurePackages(): void {
  const missing = needed.filter(([program]) => !isThere(program)).map(([, name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    throw new StopError(`The tests need ${missing.join(', ')}. Install them and start again:\n  sudo ${command}`);
  }
  say(`Installing ${missing.join(', ')} from the packages of the system`);
  const run = (line: string) =>
    spawnSync('/bin/sh', ['-c', line], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('apt-get update -q');
  if (run(command).status !== 0)
    throw new StopError(`These packages could not be installed: ${missing.join(', ')}. Try "${command}" by hand.`);
}
