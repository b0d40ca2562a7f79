import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/.next/**', 'e2e/**', 'artifacts/**', '.data/**'];
const databaseTests = '**/*.database.test.{ts,tsx}';
const workflowTests = 'workflows/**/*.test.ts';

/** Database tests that change what a whole process shares, so that each has a process of its own. */
const apart = [
  // asks a process that knows no register yet
  'app/api/v1/first-asked',
  // settings are read once in a process, and these set other ones
  'app/api/v1/verifications',
  'server/dossiers/neighbours-down',
  'server/dossiers/scanning',
  'server/exchange/webhooks/rest',
  'server/exchange/webhooks/webhooks',
  'server/identity/linking',
  'server/identity/passkeys',
  'server/identity/provider',
  'server/map/equipment-rate',
  'server/payments/outside-demo',
  'server/platform/database-watch',
  'server/trpc/matrix/matrix',
  // replaces modules
  'server/trpc/matrix/without-checks',
  // a process keeps the points of one database
  'server/map/map',
].map((path) => `${path}.database.test.ts`);

/**
 * Three kinds of test, told apart by their name: `*.database.test.ts` gets one real Postgres for the run, those under
 * `workflows/` walk the diagrams, the rest are units without I/O. Files share the processes they run in: to load the
 * modules anew for each would take as long as many of them run. They keep no state in a module, or are listed as `apart`.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...never, databaseTests, workflowTests] },
      },
      { extends: true, test: { name: 'workflows', include: [workflowTests], exclude: [...never, databaseTests] } },
      { extends: true, test: { ...withDatabase('database'), include: [databaseTests], exclude: [...never, ...apart] } },
      { extends: true, test: { ...withDatabase('database-apart'), isolate: true, include: apart } },
    ],
  },
});

function withDatabase(name: string) {
  const env = { AUTH_SECRET: 'a secret of the tests that is long enough' };
  return { name, env, globalSetup: ['db/testing/global-setup.ts'] };
}
