import { existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type postgres from 'postgres';
import { appliedMigrations, migrationLock } from '../migrate.ts';
import { auditHead, hiddenTables, nameOf, sequencesIn, tablesIn, workerMigration } from './catalogue.ts';
import { ownerConnection } from './connection.ts';
import { BackupError, type BackupRecord, framed } from './container.ts';

export interface BackupOrder {
  ownerUrl: string;
  /** where the backup goes; it appears there when it is whole */
  file: string;
  /** version of this source tree */
  version: string;
  embedded: boolean;
  /** folder and names of the files that belong to it */
  dataDir: string;
  dataFiles: string[];
  say: (line: string) => void;
  now: () => Date;
}

export interface BackupMade {
  tables: number;
  rows: number;
  auditRows: number;
  /** bytes of the file */
  size: number;
}

const heartbeat = 5_000;
const nothing = async function* (): AsyncGenerator<Buffer> {};

/**
 * Writes everything of the database, as it is at one moment, and the files of DATA_DIR into one file. Nobody is held up: it
 * reads in one transaction that sees no later change. Only migrations wait until it is done.
 * @throws with one sentence; an unfinished file is removed
 */
export async function makeBackup(order: BackupOrder): Promise<BackupMade> {
  const sql = ownerConnection(order.ownerUrl, 'mot-cua-backup');
  const partial = `${order.file}.${process.pid}.partial`;
  if (existsSync(order.file)) throw new BackupError(`${order.file} is there already: name another file.`);
  try {
    await waitForMigrations(sql, order.say);
    return await sql.begin('isolation level repeatable read read only', async (tx) => {
      const done = await write(tx as unknown as postgres.Sql, order, partial);
      await rename(partial, order.file);
      return done;
    });
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function waitForMigrations(sql: postgres.Sql, say: (line: string) => void): Promise<void> {
  for (let told = false; ; told = true) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock_shared(${migrationLock}) as taken`;
    if (row?.taken) return;
    if (!told) say('Waiting: a host migrates this database');
    await sleep(200);
  }
}

async function write(sql: postgres.Sql, order: BackupOrder, partial: string): Promise<BackupMade> {
  const migrations = await appliedMigrations(sql);
  if (migrations.length === 0) throw new BackupError('The database is empty: there is nothing to back up.');
  const hidden = await hiddenTables(sql);
  if (hidden.length > 0) {
    throw new BackupError(
      `The user of the backup does not see every row of ${hidden.join(', ')}: use the owner (DATABASE_OWNER_URL).`,
    );
  }
  const rows: { [table: string]: number } = {};
  const audit = await auditHead(sql);
  let bytes = 0;
  const ticker = setInterval(
    () => order.say(`  … ${sum(rows)} rows, ${Math.round(bytes / 1_000_000)} MB read`),
    heartbeat,
  );
  const records = async function* (): AsyncGenerator<BackupRecord> {
    yield { header: await manifest(sql, order, migrations), body: nothing() };
    for (const path of order.dataFiles) {
      yield { header: { kind: 'file', path }, body: Readable.from([await readFile(join(order.dataDir, path))]) };
    }
    for (const table of await tablesIn(sql)) {
      const key = `${table.schema}.${table.name}`;
      rows[key] = 0;
      const columns = table.columns.map((column) => `"${column}"`).join(', ');
      const copy = await sql.unsafe(`copy ${nameOf(table)} (${columns}) to stdout`).readable();
      const counted = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of copy as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          rows[key] = (rows[key] ?? 0) + linesIn(chunk);
          yield chunk;
        }
        // the driver leaves its connection paused when the last rows filled the stream
        copy._read(0);
      };
      yield { header: { kind: 'table', table }, body: counted() };
    }
    yield { header: { kind: 'sequences', values: await sequencesIn(sql) }, body: nothing() };
  };
  const file = await open(partial, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`The backup cannot be written to ${order.file} (${error.code}): name another place.`);
  });
  try {
    const target = file.createWriteStream({ flush: true });
    await pipeline(Readable.from(framed(records(), () => ({ rows, ...audit }))), createGzip({ level: 5 }), target);
    return { tables: Object.keys(rows).length, rows: sum(rows), auditRows: audit.auditRows, size: target.bytesWritten };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new BackupError(`There is no room left for the backup at ${partial}: free some, or name another place.`);
    throw error;
  } finally {
    clearInterval(ticker);
    await file.close().catch(() => {});
  }
}

async function manifest(sql: postgres.Sql, order: BackupOrder, migrations: string[]): Promise<BackupRecord['header']> {
  const [server] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  return {
    kind: 'manifest',
    madeAt: order.now().toISOString(),
    version: order.version,
    server: server!.version,
    migrations,
    workerMigration: await workerMigration(sql),
    embedded: order.embedded,
  };
}

/** A row of COPY's text format ends with the only line feed in it. */
function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}

const sum = (rows: { [table: string]: number }): number => Object.values(rows).reduce((all, one) => all + one, 0);
