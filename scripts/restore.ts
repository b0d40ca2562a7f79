// Brings a backup into an empty database: npm run restore -- <file> [--replace]; or, from WAL_ARCHIVE, the embedded database as
// it was at one moment into a new DATA_DIR: npm run restore -- --until <time>.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBackup, restoreBackup, restoreFiles } from '#db/backup/index.ts';
import { connect } from '#db/client.ts';
import { verifyAuditChain } from '#server/platform/index.ts';
import { openDatabase } from './ops/database.ts';
import { lockData } from './ops/lock.ts';
import { restoreUntil } from './ops/point-in-time.ts';
import { main, StopError, say } from './ops/report.ts';
import { readSettings } from './ops/settings.ts';

await main(async () => {
  const began = Date.now();
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false }, until: { type: 'string' } },
    allowPositionals: true,
  });
  if (values.until !== undefined) {
    const settings = await readSettings();
    const lock = await lockData(settings.dataDir, settings.appUrl);
    await restoreUntil(settings, values.until, verifyAudit).finally(() => lock.release());
    say(`restored in ${((Date.now() - began) / 1000).toFixed(1)} s. Everybody signs in anew.`);
    return 0;
  }
  if (positionals.length !== 1)
    throw new StopError('Say what to restore: npm run restore -- <file> [--replace], or --until <time>');
  const file = resolve(positionals[0] as string);
  say(`Checking ${file}`);
  const backup = await checkBackup(file);
  const { manifest } = backup;
  say(`Made on ${manifest.madeAt} by version ${manifest.version} from PostgreSQL ${manifest.server}`);
  const settings = await readSettings();
  const lock = await lockData(settings.dataDir, settings.appUrl);
  try {
    const database = await openDatabase(settings, say);
    try {
      const { ownerUrl, appRole } = database;
      const end = await restoreBackup({ ownerUrl, appRole, file, replace: values.replace, say }, backup);
      const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const files = await restoreFiles(file, settings.dataDir, stamp);
      if (files.length > 0) say(`Put back into ${settings.dataDir}: ${files.join(', ')}`);
      const rows = Object.values(end.rows).reduce((all, one) => all + one, 0);
      say(`${rows} rows of ${Object.keys(end.rows).length} tables, each count compared`);
      await verifyAudit(ownerUrl);
    } finally {
      await database.release();
    }
  } finally {
    await lock.release();
  }
  say(`restored in ${((Date.now() - began) / 1000).toFixed(1)} s. Everybody signs in anew.`);
  return 0;
});

async function verifyAudit(ownerUrl: string): Promise<void> {
  const db = connect(ownerUrl, { max: 1 });
  try {
    const { rows, firstBad, reason } = await verifyAuditChain(db);
    if (firstBad !== null) {
      throw new StopError(
        `Everything is restored as it was, but its audit chain is broken at row ${firstBad}: the row is ${reason}.`,
      );
    }
    say(`The audit chain holds: ${rows} rows.`);
  } finally {
    await db.$client.end();
  }
}
