import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEntries } from '#db/schema/platform.ts';
import { uploadChunks, uploads } from '#db/schema/uploads.ts';
import { queuedJobs, runQueuedJobs } from '#db/testing/jobs.ts';
import { readFile } from '#server/platform/index.ts';
import { workerTasks } from '#server/worker.ts';
import { appendUpload, beginUpload, cancelUpload } from './commands/uploads.ts';
import { getDraft } from './queries/draft.ts';
import { getUpload, unfinishedUploads } from './queries/uploads.ts';
import { begin } from './testing/journey.ts';
import { samplePdf } from './testing/sample-files.ts';
import { openWorld, type Who, type World } from './testing/world.ts';

let world: World;
let id: string;
const paperKey = 'technical-dossier';
beforeAll(async () => {
  world = await openWorld();
  id = (await begin(world)).id;
});
afterAll(() => world.close());

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const start = (fileName: string, size: number, who: Who = 'owner', sha256 = digest(Buffer.from(fileName))) =>
  beginUpload(world.as(who), { dossierId: id, paperKey, fileName, size, sha256 });
const piece = (uploadId: string, offset: number, bytes: Uint8Array, sha256?: string, who: Who = 'owner') =>
  appendUpload(world.as(who), { uploadId, offset, bytes, ...(sha256 ? { sha256 } : {}) });
const held = async () =>
  (await getDraft(world.as('owner'), { dossierId: id })).papers.find((paper) => paper.key === paperKey)!.files;

describe('a file that comes in pieces', () => {
  const bytes = Buffer.concat([samplePdf('in pieces')]);

  test('goes on where the line broke, also for a page that knows nothing of it, and becomes the paper byte for byte', async () => {
    const { id: uploadId } = await start('dài.pdf', bytes.byteLength, 'owner', digest(bytes));
    expect(await piece(uploadId, 0, bytes.subarray(0, 100))).toEqual({ received: 100, complete: false });
    expect(await held()).toHaveLength(0);
    expect(await start('dài.pdf', bytes.byteLength, 'owner', digest(bytes))).toEqual({ id: uploadId, received: 100 });
    expect(await getUpload(world.as('owner'), { uploadId })).toMatchObject({ name: 'dài.pdf', received: 100 });
    expect(await unfinishedUploads(world.as('owner'), { dossierId: id, paperKey })).toHaveLength(1);
    await piece(uploadId, 100, bytes.subarray(100, 300));
    expect(await piece(uploadId, 300, bytes.subarray(300))).toEqual({ received: bytes.byteLength, complete: true });
    const [file] = await held();
    expect(file).toMatchObject({ name: 'dài.pdf', size: bytes.byteLength });
    expect(Buffer.from(await readFile(world.db, file!.fileId)).equals(bytes)).toBe(true);
    expect(await world.db.select().from(uploadChunks)).toEqual([]);
    await expect(piece(uploadId, 0, bytes)).rejects.toMatchObject({ reason: 'uploads.errors.uploadGone' });
  });

  test('is another one when its content is: neither goes on with the other, nor passes for it', async () => {
    const changed = Buffer.from(bytes).fill(32, 200, 210);
    const [first, second] = [
      await start('sửa.pdf', bytes.byteLength, 'owner', digest(bytes)),
      await start('sửa.pdf', changed.byteLength, 'owner', digest(changed)),
    ];
    expect(second).toMatchObject({ received: 0 });
    expect(second.id).not.toBe(first.id);
    const before = (await held()).length;
    await expect(piece(first.id, 0, changed)).rejects.toMatchObject({ reason: 'uploads.errors.checksum' });
    expect(await held()).toHaveLength(before);
    const unnamed = await beginUpload(world.as('owner'), { dossierId: id, paperKey, fileName: 'sửa.pdf', size: 1000 });
    await piece(unnamed.id, 0, Buffer.alloc(10));
    const again = await beginUpload(world.as('owner'), { dossierId: id, paperKey, fileName: 'sửa.pdf', size: 1000 });
    expect(again).toMatchObject({ received: 0 });
    for (const each of [first, second, unnamed, again]) await cancelUpload(world.as('owner'), { uploadId: each.id });
  });

  test('stores a repeated or misplaced piece not a second time, and says how far it is', async () => {
    const { id: uploadId } = await start('lặp.pdf', 1000);
    await piece(uploadId, 0, Buffer.alloc(400, 1));
    for (const offset of [0, 300, 500])
      await expect(piece(uploadId, offset, Buffer.alloc(100))).rejects.toMatchObject({
        code: 'conflict',
        details: { values: { received: 400 } },
      });
    const twice = await Promise.allSettled([1, 2].map(() => piece(uploadId, 400, Buffer.alloc(100, 2))));
    expect(twice.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await getUpload(world.as('owner'), { uploadId })).toMatchObject({ received: 500 });
    await expect(piece(uploadId, 500, Buffer.alloc(501))).rejects.toMatchObject({
      reason: 'uploads.errors.tooManyBytes',
    });
    await cancelUpload(world.as('owner'), { uploadId });
  });

  test('refuses a piece that was damaged on the way', async () => {
    const { id: uploadId } = await start('hỏng.pdf', 1000);
    const good = Buffer.alloc(10, 7);
    await expect(piece(uploadId, 0, Buffer.alloc(10, 8), digest(good))).rejects.toMatchObject({
      reason: 'uploads.errors.checksum',
    });
    expect(await piece(uploadId, 0, good, digest(good))).toMatchObject({ received: 10 });
    await cancelUpload(world.as('owner'), { uploadId });
    await expect(getUpload(world.as('owner'), { uploadId })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is looked at when it is whole, as every upload: a refused one is no paper', async () => {
    const before = (await held()).length;
    const program = Buffer.from('MZ and so on');
    const { id: uploadId } = await start('giả.pdf', program.byteLength, 'owner', digest(program));
    await expect(piece(uploadId, 0, program)).rejects.toMatchObject({ reason: 'uploads.errors.program' });
    expect(await held()).toHaveLength(before);
    await cancelUpload(world.as('owner'), { uploadId });
  });

  test('is measured before it comes: too large, too many at once', async () => {
    await expect(start('to.pdf', 1_000_000_000)).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(start('to.pdf', 21 * 1_048_576)).rejects.toMatchObject({ reason: 'uploads.errors.tooLarge' });
    const begun = [];
    for (let i = 0; i < 10; i++) begun.push(await start(`${i}.pdf`, 1000));
    await expect(start('thêm.pdf', 1000)).rejects.toMatchObject({ reason: 'uploads.errors.tooManyUnfinished' });
    expect((await start('0.pdf', 1000)).id).toBe(begun[0]!.id);
    for (const { id: uploadId } of begun) await cancelUpload(world.as('owner'), { uploadId });
  });

  test('belongs to who sends it: not to a colleague, nor to anybody else', async () => {
    const { id: uploadId } = await start('riêng.pdf', 1000);
    for (const who of ['partner', 'stranger', 'officer'] as const) {
      const refused = { code: 'notFound' };
      await expect(piece(uploadId, 0, Buffer.alloc(10), undefined, who)).rejects.toMatchObject(refused);
      await expect(cancelUpload(world.as(who), { uploadId })).rejects.toMatchObject(refused);
      await expect(getUpload(world.as(who), { uploadId })).rejects.toMatchObject(refused);
    }
    expect(await unfinishedUploads(world.as('partner'), { dossierId: id, paperKey })).toEqual([]);
    await expect(start('x.pdf', 10, 'stranger')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is forgotten a day after it began when it never came whole', async () => {
    const [row] = await world.db.select().from(uploads).where(eq(uploads.name, 'riêng.pdf'));
    await piece(row!.id, 0, Buffer.alloc(10));
    const tasks = workerTasks(world.db, () => world.clock.at);
    expect((await queuedJobs(world.own)).some((each) => each.key === `upload:${row!.id}`)).toBe(true);
    const at = world.clock.at;
    world.clock.at = new Date(at.getTime() + 86_400_000);
    await expect(piece(row!.id, 10, Buffer.alloc(10))).rejects.toMatchObject({ code: 'notFound' });
    await runQueuedJobs(world.own, tasks, { all: true });
    expect(await world.db.select().from(uploads)).toEqual([]);
    expect(await world.db.select().from(uploadChunks)).toEqual([]);
    world.clock.at = at;
  });
});

test('each act leaves an audit row', async () => {
  const rows = await world.db.select({ action: auditEntries.action, outcome: auditEntries.outcome }).from(auditEntries);
  for (const action of ['upload.begin', 'upload.append', 'upload.cancel'])
    for (const outcome of ['done', 'refused'] as const) expect(rows).toContainEqual({ action, outcome });
});
