// What each migration would do to those who write meanwhile, by squawk. Files 0000 and 0001 made an empty database.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Migration, readMigrations } from '#db/apply-migrations.ts';
import { migrationsFolder } from '#db/migrate.ts';
import { main, say } from './ops/report.ts';

/** Files that were written before there was a database to be careful with. */
const beginnings = 2;

/** What squawk finds in a file that runs as `kind` says; '' for nothing. @throws when squawk does not run */
export function findings(file: string, kind: Migration['kind']): string {
  const args = ['node_modules/squawk-cli/js/bin/squawk', '--config', '.squawk.toml', '--reporter', 'gcc'];
  if (kind === 'together') args.push('--assume-in-transaction');
  const result = spawnSync(process.execPath, [...args, file], { encoding: 'utf8' });
  if (result.status === 0) return '';
  if (result.stdout.trim() === '') throw new Error(`squawk did not run: ${result.stderr.trim()}`);
  return result.stdout.trim();
}

/** A file that is not one transaction is begun again after an interruption: each statement has to bear that. */
export function repeatable({ kind, statements }: Migration): boolean {
  const index =
    /^\s*(create (unique )?index concurrently if not exists|drop index concurrently if exists|reindex .*concurrently|alter table .* validate constraint|analyze)\b/is;
  const limited = /\blimit\s+\d+/i;
  const bare = (statement: string): string => statement.replace(/^\s*--.*$/gm, '').trim();
  if (kind === 'alone') return statements.map(bare).every((statement) => index.test(statement));
  if (kind === 'batches') return statements.map(bare).every((statement) => limited.test(statement));
  return true;
}

/** What was generated against a snapshot of the tables that is not the newest any more: fourteen thousand lines each, read by nothing. */
export const outdated = (files: readonly string[]): string[] =>
  files
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .slice(0, -1);

if (import.meta.main) {
  await main(async () => {
    const migrations = readMigrations(migrationsFolder).slice(beginnings);
    let faults = 0;
    for (const migration of migrations) {
      const file = join(migrationsFolder, `${migration.name}.sql`);
      const found = findings(file, migration.kind);
      if (found !== '') say(found);
      if (!repeatable(migration))
        say(`${file}: a file that runs ${migration.kind} has a statement that cannot be begun again`);
      if (found !== '' || !repeatable(migration)) faults += 1;
    }
    for (const name of outdated(readdirSync(join(migrationsFolder, 'meta')))) {
      say(`${join(migrationsFolder, 'meta', name)}: only the newest snapshot is kept; remove this one`);
      faults += 1;
    }
    say(`${migrations.length} migrations, ${faults} with faults`);
    return faults === 0 ? 0 : 1;
  });
}
