import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scanBytes } from '../scanner.ts';

/** The digest and length of the file scanners are tried with, as a signature of one's own (clamav, "Hash-based signatures"). */
const eicarSignature = '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n';

export interface TestScanner {
  /** its socket: nothing listens there until `start` */
  path: string;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** The clamd of Debian's `clamav-daemon` with one signature, on a socket of its own; needs no network. */
export async function testScanner(): Promise<TestScanner> {
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-clamd-'));
  const path = join(folder, 'clamd.sock');
  let running: ChildProcess | undefined;
  await mkdir(join(folder, 'signatures'));
  await writeFile(join(folder, 'signatures', 'eicar.hdb'), eicarSignature);
  const settings = ['Foreground yes', `LocalSocket ${path}`, `DatabaseDirectory ${join(folder, 'signatures')}`];
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\nMaxThreads 2\nStreamMaxLength 64M\n`);
  return {
    path,
    start: async () => {
      running = spawn('/usr/sbin/clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
      await answers(path);
    },
    stop: async () => {
      const ended = running && new Promise((done) => running?.once('exit', done));
      running?.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(path: string): Promise<void> {
  const nothing = async function* () {
    yield Buffer.from('x');
  };
  for (let attempt = 0; ; attempt++) {
    try {
      await scanBytes({ path }, nothing());
      return;
    } catch (error) {
      if (attempt === 300) throw error;
      await sleep(100);
    }
  }
}
