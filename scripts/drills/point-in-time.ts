// Somebody destroys the data by mistake; they come back as of the second before. On the way the archive fails. Size: filings.
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { openEmbedded } from '#db/embedded/index.ts';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { operatorFacts } from '#server/operations/index.ts';
import { drill } from '../ops/drill.ts';
import { scratchData, startInstance } from '../ops/instance.ts';
import { runScript } from '../ops/restoration.ts';
import { file } from './load/acts.ts';
import { completeDraft, copyDrafts, enterApplicants, signInAll } from './load/applicants.ts';
import { settled } from './load/quiet.ts';
import { openService, waitUntil } from './load/service.ts';

/** An archiver that failed three times tries again after a minute. */
const archiverPatience = 90_000;

await drill('point-in-time', 40, async (report) => {
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-archive-'));
  await chmod(folder, 0o711);
  const archive = join(folder, 'archive');
  process.env.WAL_ARCHIVE = archive;
  try {
    const { codes, papers, before } = await work(archive, report);
    const dataDir = await scratchData();
    const began = Date.now();
    const said = runScript('restore', ['--until', before.toISOString()], dataDir);
    report.did('restored to the second before, ms', Date.now() - began);
    report.did('audit rows, chain verified', Number(/holds: (\d+) rows/.exec(said)?.[1]));
    const again = await startInstance(dataDir);
    const db = connect((await openEmbedded(dataDir)).ownerUrl, { max: 2 });
    try {
      const rows = await db.execute<{ code: string }>(sql`select code from dossiers where code is not null`);
      const found = new Set(rows.map((row) => row.code));
      for (const code of codes) if (!found.has(code)) report.found(`${code} was acknowledged and did not come back`);
      if (found.size !== codes.length) report.found(`${found.size} dossiers came back, ${codes.length} were filed`);
      const back = await countPapers(db);
      if (back !== papers) report.found(`${back} papers came back of ${papers}`);
      for (const fault of await brokenInvariants(db)) report.found(fault);
    } finally {
      await db.$client.end({ timeout: 1 });
      await again.remove();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A day at work with a base backup in it, an archive that fails and is mended, and at its end the mistake; nothing is left of it. */
async function work(
  archive: string,
  report: { size: number; did(what: string, n: number): void; found(s: string): void },
) {
  const service = await openService();
  const superuser = connect((await openEmbedded(service.dataDir)).superuserUrl.replace(/postgres$/, 'mot_cua'), {
    max: 1,
  });
  try {
    runScript('backup', ['--base'], service.dataDir);
    const applicants = await enterApplicants(service, 4);
    await signInAll(applicants);
    const drafts = await copyDrafts(service.db, await completeDraft(applicants[0]!), applicants, report.size);
    const half = Math.floor(drafts.length / 2);
    const codes: string[] = [];
    const fileAll = async (some: typeof drafts) => {
      for (const { id, by } of some) codes.push((await file(by.person, id)).answer!);
    };
    await fileAll(drafts.slice(0, half));
    await rename(join(archive, 'wal'), join(archive, 'away'));
    await finishPiece(superuser);
    const alarm = (on: boolean) => async () =>
      (await operatorFacts(service.db, service.dataDir)).alarms.includes('archive') === on;
    report.did('archive fails: alarm after ms', await waitUntil(alarm(true), archiverPatience, 'the alarm'));
    await rename(join(archive, 'away'), join(archive, 'wal'));
    report.did(
      'archive works: alarm over after ms',
      await waitUntil(alarm(false), archiverPatience, 'the end of the alarm'),
    );
    await fileAll(drafts.slice(half));
    await settled(service.db);
    const papers = await countPapers(service.db);
    const before = new Date();
    await sleep(1_000);
    await service.db.execute(sql`drop table dossier_papers cascade`);
    await archived(superuser, archive);
    report.did('filings acknowledged before the mistake', codes.length);
    return { codes, papers, before };
  } finally {
    await superuser.$client.end({ timeout: 1 });
    await service.close();
  }
}

/** Ends the piece of WAL that is being written, so that it is archived at once. @returns its name */
async function finishPiece(superuser: Database): Promise<string> {
  const [row] = await superuser.execute<{ name: string }>(
    sql`select pg_walfile_name(pg_switch_wal() - 1::numeric) as name`,
  );
  return row!.name;
}

async function archived(superuser: Database, archive: string): Promise<void> {
  const name = await finishPiece(superuser);
  const isThere = async () => (await readdir(join(archive, 'wal'))).includes(name);
  await waitUntil(isThere, archiverPatience, `${name} in the archive`);
}

async function countPapers(db: Database): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from dossier_papers`);
  return row!.n;
}
