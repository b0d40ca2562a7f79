// One file with everything: npm run backup [-- <file>]. Runs beside the working system. With --base instead the data of the
// embedded database as they lie on the disk, from which the archived WAL leads to any later moment.
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeBackup } from '#db/backup/index.ts';
import type { Env } from '#server/platform/env.ts';
import packageJson from '../package.json' with { type: 'json' };
import { dataFiles } from './ops/data-files.ts';
import { openDatabase } from './ops/database.ts';
import { backUpBase } from './ops/point-in-time.ts';
import { main, say } from './ops/report.ts';
import { readSettings } from './ops/settings.ts';

await main(async () => {
  const began = Date.now();
  const settings = await readSettings();
  if (process.argv[2] === '--base') {
    await backUpBase(settings);
    return 0;
  }
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const file = resolve(process.argv[2] ?? join(settings.dataDir, 'backups', `mot-cua-${stamp}.backup`));
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const database = await openDatabase(settings, say);
  try {
    const files = await dataFiles(settings.dataDir);
    const made = await makeBackup({
      ownerUrl: database.ownerUrl,
      file,
      version: packageJson.version,
      embedded: settings.databaseUrl === undefined,
      dataDir: settings.dataDir,
      dataFiles: files,
      say,
      now: () => new Date(),
    });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    say(`${made.rows} rows of ${made.tables} tables, ${made.auditRows} of them audit rows, in ${seconds} s`);
    say(`In it from ${settings.dataDir}: ${files.join(', ') || 'nothing'}`);
    for (const line of keptApart(settings)) say(line);
    say(
      `backup ${file} (${(made.size / 1_000_000).toFixed(1)} MB). It holds personal data and secrets: keep it encrypted.`,
    );
  } finally {
    await database.release();
  }
  return 0;
});

/** What the operator keeps elsewhere, in words. */
function keptApart({ authSecret, signer }: Env): string[] {
  const apart = [
    ...(authSecret ? ['AUTH_SECRET'] : []),
    ...(signer ? [`the signing keys (${signer.keystore}) with their password (${signer.passwordFile})`] : []),
  ];
  return apart.length > 0 ? [`Not in it, keep apart: ${apart.join(', ')} and the settings.`] : [];
}
