// Brings the database to the present state: migrations, rights, reference data, built-in procedures, demo.
import './ops/quick-imports.ts';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

await main(async () => {
  const settings = await readSettings();
  // nothing large is loaded before the imports are quick
  const { openDatabase } = await import('./ops/database.ts');
  const { migrate } = await import('#db/migrate.ts');
  const { seed } = await import('#db/seeds/index.ts');
  const database = await openDatabase(settings, process.channel ? () => {} : say);
  try {
    await migrate({ ownerUrl: database.ownerUrl, appRole: database.appRole, say });
    Object.assign(process.env, await childEnvironment(settings, database));
    const accounts = join(settings.dataDir, 'demo-accounts.json');
    const known = existsSync(accounts);
    await seed(say);
    if (!known && existsSync(accounts)) await showAccounts(accounts);
  } finally {
    await database.release();
  }
  return 0;
});

async function showAccounts(path: string): Promise<void> {
  const accounts = JSON.parse(await readFile(path, 'utf8')) as { role: string; email: string; password: string }[];
  say(`Demo accounts (kept in ${path}):`);
  for (const { role, email, password } of accounts) say(`  ${role.padEnd(10)} ${email.padEnd(36)} ${password}`);
}
