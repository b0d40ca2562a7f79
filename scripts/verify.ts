// All tests but the browser's journeys: types, lint, structure, files, messages, unit, workflow and database tests.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from './ops/packages.ts';
import { main, say } from './ops/report.ts';
import { verify } from './ops/verification.ts';

await main(async () => {
  ensurePackages();
  const scratch = await mkdtemp(join(tmpdir(), 'mot-cua-verify-'));
  const { passed, failed } = await verify(scratch).finally(() => rm(scratch, { recursive: true }));
  say('');
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
