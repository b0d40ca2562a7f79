import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumPath } from './e2e/browser.ts';

/**
 * Journeys against a running instance: BASE_URL names it, DATA_DIR is where its demo accounts are.
 * `npm test` and `npm run journey` start one and set both.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // half an hour is what all checks may take on two cores: every state of every page and the whole filing without
  // scripts are played by `DRILL=1 npx playwright test` on a running instance
  testIgnore: process.env.DRILL === '1' ? [] : ['**/states.spec.ts', '**/without-script.spec.ts'],
  outputDir: 'test-results',
  // a journey waits for the server half of the time: two of them fill two cores
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath(), args: chromiumFlags, chromiumSandbox: false },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    // a trace makes every act slower: `TRACE=1` where a failure has to be followed
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
  },
});
