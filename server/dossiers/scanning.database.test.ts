import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries, files } from '#db/schema/platform.ts';
import { runQueuedJobs } from '#db/testing/jobs.ts';
import { getReadableFile } from '#server/platform/file-access.ts';
import { scanBytes } from '#server/platform/scanner.ts';
import { type TestScanner, testScanner } from '#server/platform/testing/clamd.ts';
import { eicar, pdfFile, zipFile } from '#server/platform/testing/zip-file.ts';
import { workerTasks } from '#server/worker.ts';
import { addPaper, removePaper } from './commands/papers.ts';
import { getDraft } from './queries/draft.ts';
import { completeDraft, file } from './testing/journey.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
let scanner: TestScanner;
beforeAll(async () => {
  scanner = await testScanner();
  // read once, before anything is uploaded: the scanner of these tests
  process.env.CLAMD_SOCKET = scanner.path;
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  await scanner.stop();
  delete process.env.CLAMD_SOCKET;
});

const scanOf = async (fileId: string) => (await world.db.select().from(files).where(eq(files.id, fileId)))[0]!.scan;
/** Runs the scans that are due or wait for their next attempt. */
const scanAll = async () => {
  await world.own.ownerDb.execute(
    sql`update graphile_worker._private_jobs set run_at = now() where key like 'scan:%' and locked_at is null`,
  );
  await runQueuedJobs(
    world.own,
    workerTasks(world.db, () => world.clock.at),
  );
};

describe('while the scanner is down', () => {
  test('an uploaded paper waits: its uploader opens it, others are told why they cannot, filing goes on', async () => {
    const id = await completeDraft(world);
    const [paper] = (await getDraft(world.as('owner'), { dossierId: id })).papers.flatMap((each) => each.files);
    const fileId = paper!.fileId;
    await scanAll();
    await scanAll();
    expect(await scanOf(fileId)).toBe('pending');
    expect((await file(world, id)).code).toMatch(/-\d{4}$/);
    expect((await getReadableFile(world.as('owner'), fileId)).id).toBe(fileId);
    for (const who of ['officer', 'partner'] as const)
      await expect(getReadableFile(world.as(who), fileId)).rejects.toMatchObject({
        code: 'invalidState',
        reason: 'uploads.errors.pending',
      });
    await expect(getReadableFile(world.as('stranger'), fileId)).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('when the scanner is there', () => {
  beforeAll(() => scanner.start());

  test('what waited is looked at, and opens for officials when it is clean', async () => {
    await scanAll();
    const rows = await world.db.select().from(files).where(eq(files.scan, 'pending'));
    expect(rows).toEqual([]);
    const [paper] = await world.db
      .select()
      .from(dossierPapers)
      .innerJoin(dossiers, eq(dossiers.id, dossierPapers.dossierId))
      .where(eq(dossiers.state, 1));
    const [row] = await world.db.select().from(files).where(eq(files.id, paper!.dossier_papers.fileId));
    expect(row!.scan).toBe('clean');
    expect(row!.scannedAt).toEqual(world.clock.at);
    expect((await getReadableFile(world.as('officer'), row!.id)).scan).toBe('clean');
  });

  test('malware in an attachment of a PDF blocks it for everybody, is told to its uploader, and stops the filing', async () => {
    const id = await completeDraft(world);
    const draft = await getDraft(world.as('owner'), { dossierId: id });
    const key = draft.papers.find((each) => each.files.length === 1)!.key;
    const old = draft.papers.find((each) => each.key === key)!.files[0]!;
    await removePaper(world.as('owner'), { dossierId: id, paperId: old.id });
    const added = await addPaper(world.as('owner'), {
      dossierId: id,
      paperKey: key,
      fileName: 'bản vẽ.pdf',
      bytes: pdfFile(eicar()),
    });
    await scanAll();
    expect(await scanOf(added.fileId)).toBe('quarantined');
    for (const who of ['owner', 'partner', 'officer'] as const)
      await expect(getReadableFile(world.as(who), added.fileId)).rejects.toMatchObject(
        who === 'officer' ? { code: 'notFound' } : { reason: 'uploads.errors.quarantined' },
      );
    const told = await world.db.select().from(notifications).where(eq(notifications.kind, 'file-quarantined'));
    expect(told).toMatchObject([{ userId: world.id('owner'), href: `/my/dossiers/${id}` }]);
    const [audit] = await world.db.select().from(auditEntries).where(eq(auditEntries.action, 'file.quarantine'));
    expect(audit).toMatchObject({ subjectId: added.fileId, details: { finding: 'Eicar-Test-Signature.UNOFFICIAL' } });
    await expect(file(world, id)).rejects.toMatchObject({
      reason: 'dossiers.errors.incomplete',
      details: {
        fields: [{ path: `papers.${key}`, reason: 'uploads.errors.paperQuarantined', values: { name: 'bản vẽ.pdf' } }],
      },
    });
    await removePaper(world.as('owner'), { dossierId: id, paperId: added.id });
    await addPaper(world.as('owner'), { dossierId: id, paperKey: key, fileName: 'sạch.pdf', bytes: pdfFile() });
    expect((await file(world, id)).code).toBeTruthy();
  });

  test('it finds malware plain, in an archive and in an archive within, and lets others pass', async () => {
    const scan = (bytes: Uint8Array) =>
      scanBytes(
        { path: scanner.path },
        (async function* () {
          for (let at = 0; at < bytes.byteLength; at += 50) yield bytes.subarray(at, at + 50);
        })(),
      );
    const found = { clean: false, finding: 'Eicar-Test-Signature.UNOFFICIAL' };
    const zip = zipFile([{ name: 'a.com', bytes: eicar() }]);
    expect(await scan(eicar())).toEqual(found);
    expect(await scan(zip)).toEqual(found);
    expect(await scan(zipFile([{ name: 'b.zip', bytes: zip }]))).toEqual(found);
    expect(await scan(pdfFile(Buffer.from('nothing')))).toEqual({ clean: true });
  });
});
