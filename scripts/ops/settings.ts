import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Env, parseEnv } from '#server/platform/env.ts';
import { takeFolder } from './data-folder.ts';

/** Reads `.env` when there is one (the environment itself wins), checks every setting and makes DATA_DIR. */
export async function readSettings(): Promise<Env> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = parseEnv(process.env);
  await takeFolder(settings.dataDir);
  return settings;
}

/** The secret sessions are signed with: the one that was set, or one made once and kept in DATA_DIR. */
export async function authSecret(settings: Env): Promise<string> {
  if (settings.authSecret) return settings.authSecret;
  const path = join(settings.dataDir, 'auth-secret');
  if (!existsSync(path)) await writeFile(path, randomBytes(33).toString('base64'), { mode: 0o600, flag: 'wx' });
  return (await readFile(path, 'utf8')).trim();
}

/** What a process of the application is started with: every setting spelt out, so that all processes agree. */
export async function childEnvironment(
  settings: Env,
  urls: { url: string; ownerUrl: string },
): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
    HOST: settings.host,
    APP_URL: settings.appUrl,
    DATA_DIR: settings.dataDir,
    DEMO: settings.demo ? '1' : '0',
    DATABASE_URL: urls.url,
    DATABASE_OWNER_URL: urls.ownerUrl,
    AUTH_SECRET: await authSecret(settings),
  };
}
