import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRole, type EmbeddedDatabase, openEmbedded } from '#db/embedded/index.ts';
import { migrate } from '#db/migrate.ts';

export interface ScratchServer {
  database: EmbeddedDatabase;
  dataDir: string;
  /** settings for processes that use it */
  settings: Record<string, string>;
  remove(): Promise<void>;
}

/** A database server of its own with a migrated, empty database; settings are those of operation, so the disk is waited for. */
export async function scratchServer(options: { migrated?: boolean } = {}): Promise<ScratchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mot-cua-drill-'));
  await chmod(dataDir, 0o711);
  const database = await openEmbedded(dataDir);
  if (options.migrated !== false) await migrate({ ownerUrl: database.ownerUrl, appRole });
  const settings = { DATA_DIR: dataDir, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
  return {
    database,
    dataDir,
    settings,
    remove: async () => {
      await database.stop();
      await rm(database.folder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
