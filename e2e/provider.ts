import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { freePort } from '#db/embedded/index.ts';
import { parseEnv } from '#server/platform/env.ts';
import { startWeb } from '../scripts/ops/fleet.ts';
import { settingsOf } from '../scripts/ops/instance.ts';
import { authSecret } from '../scripts/ops/settings.ts';

/** Another identity provider on this machine, and a web server of the instance under test that knows it. */
export interface Elsewhere {
  url: string;
  issuer: string;
  /** what the button calls it */
  label: string;
  /** the provider is down until then */
  startProvider(): Promise<void>;
  close(): Promise<void>;
}

export async function elsewhere(): Promise<Elsewhere> {
  const dataDir = process.env.DATA_DIR ?? '.data';
  const [port, providerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const issuer = `http://127.0.0.1:${providerPort}`;
  const label = 'VNeID thử';
  const web = await startWeb(
    {
      ...(await settingsOf(dataDir)),
      AUTH_SECRET: await authSecret(parseEnv({ DATA_DIR: dataDir, DEMO: '1' })),
      APP_URL: url,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'mot-cua',
      OIDC_CLIENT_SECRET: 'hai con mèo',
      OIDC_LABEL: label,
      OUTGOING_PRIVATE: '127.0.0.1',
    },
    port,
  );
  let provider: ChildProcess | undefined;
  return {
    url,
    issuer,
    label,
    startProvider: async () => {
      provider = spawn(
        process.execPath,
        [fileURLToPath(new URL('provider-process.ts', import.meta.url)), String(providerPort)],
        // the channel tells it when this process dies
        { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
      );
      await once(provider, 'message');
    },
    close: async () => {
      provider?.kill('SIGTERM');
      await web.stop();
    },
  };
}

/** Somebody at the provider. */
export interface ThatPerson {
  sub: string;
  email: string;
  name: string;
}

/** Says who one is on the provider's page and agrees, or does not. */
export async function answerThere(page: Page, at: Elsewhere, who: ThatPerson, agree = true): Promise<void> {
  await page.waitForURL((url) => url.origin === at.issuer);
  for (const name of ['sub', 'email', 'name'] as const) await page.locator(`[name=${name}]`).fill(who[name]);
  await page.getByRole('button', { name: agree ? 'Agree' : 'Decline' }).click();
  await page.waitForURL((url) => url.origin === at.url && !url.pathname.startsWith('/api/'));
  // neither the code nor the state stays in the address
  expect(new URL(page.url()).searchParams.has('code')).toBe(false);
}
