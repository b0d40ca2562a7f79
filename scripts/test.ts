// Everything: what `verify` does, a production build, the journeys in a browser on a fresh instance, and small drills.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './ops/build.ts';
import { journeys } from './ops/checks.ts';
import { fuzz } from './ops/fuzz.ts';
import { scratchData, startInstance } from './ops/instance.ts';
import { ensurePackages } from './ops/packages.ts';
import { main, StopError, say, tell } from './ops/report.ts';
import { add, type Outcome, runLanes, runStep, type Step } from './ops/steps.ts';
import { killAndStartAgain } from './ops/survival.ts';
import { verify } from './ops/verification.ts';

/** The same junk each time; `npm run drill -- fuzz` sends more of it, and other. */
const fuzzSeed = 4242;

/** The build, the start, the junk, the kill and the orderly end count as one each, as each journey does. */
async function inTheBrowser(scratch: string): Promise<Outcome> {
  const sum: Outcome = { passed: 0, failed: 0 };
  const dataDir = await scratchData();
  try {
    await buildIfStale();
    sum.passed += 1;
    const instance = await startInstance(dataDir);
    sum.passed += 1;
    say(`A fresh instance is ready at ${instance.url} after ${(instance.startedIn / 1000).toFixed(1)} s`);
    add(sum, await runStep(journeys(instance.url, dataDir, scratch)));
    const { sent, findings } = await fuzz(instance.url, dataDir, fuzzSeed, 600);
    if (findings.length > 0) throw new StopError(`Junk found something (seed ${fuzzSeed}):\n${findings.join('\n')}`);
    sum.passed += 1;
    say(`✓ ${sent} requests of junk: no 500, no row lost`);
    const again = await killAndStartAgain(instance);
    sum.passed += 1;
    say(`✓ killed and started again in ${(again.startedIn / 1000).toFixed(1)} s, nothing lost`);
    if ((await again.stop()) !== 0) throw new StopError('The instance did not end in order on SIGTERM.');
    sum.passed += 1;
    say('✓ ended in order');
    await again.remove();
  } catch (error) {
    tell(error);
    sum.failed += 1;
  }
  return sum;
}

/** Many filings at once, and kills under load, each on an instance of its own; `npm run drill` does more of it. */
const drills: Step[][] = [
  ['filing', '60'],
  ['kill', '16'],
].map(([name, size]) => [
  {
    name: `drill ${name}`,
    command: [process.execPath, `scripts/drills/${name}.ts`, '--seed', '1', '--size', size!],
  },
]);

await main(async () => {
  const began = Date.now();
  ensurePackages();
  const scratch = await mkdtemp(join(tmpdir(), 'mot-cua-test-report-'));
  const sum = await verify(scratch);
  add(sum, await inTheBrowser(scratch));
  add(sum, await runLanes(drills));
  await rm(scratch, { recursive: true });
  say(`${((Date.now() - began) / 60_000).toFixed(1)} minutes`);
  say('');
  say(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
});
