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

/** What makes the tests quicker where the system has it; they run without. */
const welcome: typeof needed = [['chromium-headless-shell', 'chromium-headless-shell']];

const isThere = (program: string) => spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0;

const missingOf = (programs: typeof needed): string[] =>
  programs.filter(([program]) => !isThere(program)).map(([, name]) => name);

const install = (names: readonly string[]): string => `apt-get install -y --no-install-recommends ${names.join(' ')}`;

/** Installs what is missing as root; otherwise names the command. @throws StopError with that command */
export function ensurePackages(): void {
  const missing = missingOf(needed);
  const wished = missingOf(welcome);
  const mayInstall = process.getuid?.() === 0 && isThere('apt-get');
  if (missing.length > 0 && !mayInstall)
    throw new StopError(
      `The tests need ${missing.join(', ')}. Install them and start again:\n  sudo ${install(missing)}`,
    );
  if (!mayInstall || missing.length + wished.length === 0) return;
  say(`Installing ${[...missing, ...wished].join(', ')} from the packages of the system`);
  const run = (line: string) =>
    spawnSync('/bin/sh', ['-c', line], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  // a mirror that does not answer keeps nobody waiting for what is only welcome
  run('apt-get update -q -o Acquire::Retries=1 -o Acquire::http::Timeout=30');
  if (missing.length > 0 && run(install(missing)).status !== 0)
    throw new StopError(
      `These packages could not be installed: ${missing.join(', ')}. Try "${install(missing)}" by hand.`,
    );
  if (wished.length > 0 && run(install(wished)).status !== 0)
    say(`The tests run without ${wished.join(', ')}, slower.`);
}
