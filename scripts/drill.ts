// The full sizes of what `npm test` does small: npm run drill [-- name …] [--seed n] [--size n]. One after the other.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ended } from './ops/child.ts';
import { main, StopError, say } from './ops/report.ts';

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, size: { type: 'string' } },
    allowPositionals: true,
  });
  const known = (await readdir('scripts/drills'))
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'))
    .sort();
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new StopError(`There is no drill ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  const seed = values.seed ?? String(randomInt(1, 2 ** 31));
  if (!/^\d{1,10}$/.test(seed)) throw new StopError('The seed is a whole number.');
  if (values.size !== undefined && !/^\d{1,7}$/.test(values.size)) throw new StopError('The size is a whole number.');
  const failed: string[] = [];
  for (const name of positionals.length > 0 ? positionals : known) {
    say(`▶ ${name}, seed ${seed}`);
    const args = [`scripts/drills/${name}.ts`, '--seed', seed, ...(values.size ? ['--size', values.size] : [])];
    if ((await ended(spawn(process.execPath, args, { stdio: 'inherit' }))) !== 0) failed.push(name);
  }
  if (failed.length > 0)
    say(`Findings in: ${failed.join(', ')}. The same again: npm run drill -- ${failed.join(' ')} --seed ${seed}`);
  return failed.length === 0 ? 0 : 1;
});
