// Plays one journey in a real browser: npm run journey -- <name> [--url URL]. What it produces is in artifacts/<name>/.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ended } from './ops/child.ts';
import { scratchData, startInstance } from './ops/instance.ts';
import { holderOf } from './ops/lock.ts';
import { ensurePackages } from './ops/packages.ts';
import { main, StopError, say } from './ops/report.ts';
import { readSettings } from './ops/settings.ts';

const folder = 'e2e/journeys';

await main(async () => {
  const { values, positionals } = parseArgs({ options: { url: { type: 'string' } }, allowPositionals: true });
  const name = positionals[0] ?? '';
  const spec = `${folder}/${name}.spec.ts`;
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(spec)) {
    const known = (await readdir(folder))
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => basename(file, '.spec.ts'));
    throw new StopError(`Say which journey: npm run journey -- <name> [--url URL]. There are: ${known.join(', ')}.`);
  }
  ensurePackages();
  const { url, dataDir, remove } = await target(values.url);
  const artifacts = resolve('artifacts', name);
  await rm(artifacts, { recursive: true, force: true });
  say(`Playing ${name} against ${url}`);
  try {
    const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', spec, '--workers=1'], {
      stdio: 'inherit',
      env: { ...process.env, BASE_URL: url, DATA_DIR: dataDir, ARTIFACTS: artifacts },
    });
    const code = await ended(child);
    say(
      code === 0
        ? `The journey went through; see ${artifacts}`
        : `The journey failed; what it produced until then is in ${artifacts}`,
    );
    return code;
  } finally {
    await remove();
  }
});

/** The instance named, the one that runs on the data of this clone, or a fresh one for the while. */
async function target(named: string | undefined): Promise<{ url: string; dataDir: string; remove(): Promise<void> }> {
  const { dataDir } = await readSettings();
  const running = holderOf(dataDir)?.url;
  const url = named ?? running;
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new StopError(`--url: ${url} is not an address; write it as http://localhost:3000.`);
    return { url: url.replace(/\/+$/, ''), dataDir, remove: async () => {} };
  }
  say('No instance is running here; starting a fresh one for this journey');
  return startInstance(await scratchData(), say);
}
