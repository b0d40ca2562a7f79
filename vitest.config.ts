import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/.next/**', 'e2e/**', 'artifacts/**', '.data/**'];
const databaseTests = '**/*.database.test.{ts,tsx}';
const workflowTests = 'workflows/**/*.test.ts';

/**
 * Three kinds of test, told apart by their name: `*.database.test.ts` gets one real Postgres for the run,
 * those under `workflows/` walk the diagrams, the rest are units without I/O.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...never, databaseTests, workflowTests] },
      },
      { extends: true, test: { name: 'workflows', include: [workflowTests], exclude: [...never, databaseTests] } },
      {
        extends: true,
        test: {
          name: 'database',
          include: [databaseTests],
          exclude: never,
          globalSetup: ['db/testing/global-setup.ts'],
        },
      },
    ],
  },
});
