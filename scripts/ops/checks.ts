import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome, Step } from './steps.ts';

const node = process.execPath;
const bin = (path: string) => join('node_modules', path);
const structured = ['app', 'server', 'db', 'workflows', 'scripts', 'bench', 'e2e', 'i18n', 'proxy.ts'].filter((path) =>
  existsSync(path),
);

export const types: Step = { name: 'types', command: [node, bin('typescript-native/bin/tsc'), '--noEmit', '-p', '.'] };
export const lint: Step = {
  name: 'lint',
  command: [node, bin('@biomejs/biome/bin/biome'), 'check', '.'],
};
export const structure: Step = {
  name: 'structure',
  command: [
    node,
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    ...structured,
  ],
};
export const files: Step = { name: 'files', command: [node, 'scripts/check-files.ts'] };
export const migrations: Step = { name: 'migrations', command: [node, 'scripts/check-migrations.ts'] };
export const messages: Step = { name: 'messages', command: [node, 'scripts/check-messages.ts'] };

/** The Vitest projects whose names begin so; their tests are counted one by one. */
export function vitest(kind: string, scratch: string): Step {
  const report = join(scratch, `${kind}.json`);
  return {
    name: `${kind} tests`,
    command: [
      node,
      bin('vitest/vitest.mjs'),
      'run',
      '--project',
      `${kind}*`,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--no-color',
    ],
    env: { NO_COLOR: '1' },
    count: () => vitestCounts(report),
  };
}

/** The numbers of a Vitest report. */
export async function vitestCounts(report: string): Promise<Outcome> {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(await readFile(report, 'utf8')) as Record<
    string,
    number
  >;
  const failed = numFailedTests ?? 0;
  // a file that cannot be loaded has no test that could fail
  return { passed: numPassedTests ?? 0, failed: failed > 0 ? failed : (numFailedTestSuites ?? 0) };
}

/** The journeys in a real browser against the instance at `baseUrl`. */
export function journeys(baseUrl: string, dataDir: string, scratch: string): Step {
  const report = join(scratch, 'journeys.json');
  return {
    name: 'journeys',
    command: [node, bin('@playwright/test/cli.js'), 'test'],
    env: { BASE_URL: baseUrl, DATA_DIR: dataDir, PLAYWRIGHT_JSON_OUTPUT_NAME: report, NO_COLOR: '1' },
    live: true,
    count: () => playwrightCounts(report),
  };
}

/** The numbers of a Playwright report: what was skipped or needed a second try counts as failed. */
export async function playwrightCounts(report: string): Promise<Outcome> {
  const { stats } = JSON.parse(await readFile(report, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}
