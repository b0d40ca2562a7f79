// Random histories of dossiers with deaths between any two statements: the test of that name, with as many as one likes.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended } from '../ops/child.ts';
import { drill } from '../ops/drill.ts';

await drill('histories', 300, async (report) => {
  const scratch = await mkdtemp(join(tmpdir(), 'mot-cua-drill-'));
  const log = join(scratch, 'log');
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'database', 'server/dossiers/histories.database.test.ts'],
    {
      env: {
        ...process.env,
        HISTORIES: String(report.size),
        HISTORIES_SEED: String(report.seed),
        HISTORIES_LOG: log,
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const code = await ended(child);
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
  for (const [, what, count] of lines.map((line) => /^did (.+) (\d+)$/.exec(line) ?? []))
    if (what) report.did(what, Number(count));
  if (code !== 0) report.found('a history ended in an illegal state: see above');
  await rm(scratch, { recursive: true });
});
