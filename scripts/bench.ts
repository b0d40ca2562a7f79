// Side-by-side measurements: npm run bench [-- <name> …]. One after the other, since they share the machine.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { ended } from './ops/child.ts';
import { main, StopError, say } from './ops/report.ts';

/** Files of bench/ that are no measurement. */
const parts = ['report'];

await main(async () => {
  const found = (await readdir('bench'))
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'));
  const known = found.filter((name) => !parts.includes(name)).sort();
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !known.includes(name) || !existsSync(`bench/${name}.ts`));
  if (unknown.length > 0)
    throw new StopError(`There is no measurement ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  let failed = 0;
  for (const name of asked.length > 0 ? asked : known) {
    say(`▶ ${name}`);
    if ((await ended(spawn(process.execPath, [`bench/${name}.ts`], { stdio: 'inherit' }))) !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
});
