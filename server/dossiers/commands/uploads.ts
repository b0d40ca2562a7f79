import { createHash } from 'node:crypto';
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { z } from 'zod';
import { uploadChunks, uploads } from '#db/schema/uploads.ts';
import {
  AppError,
  command,
  enqueue,
  job,
  newId,
  notFound,
  type Person,
  type TxContext,
} from '#server/platform/index.ts';
import { canChangePapers, lockForPapers, placeFor } from '../hand-in.ts';
import { AppendUpload, BeginUpload, UploadId } from '../inputs.ts';
import { canUseUpload } from '../policy.ts';
import { addPaper } from './papers.ts';

const day = 86_400_000;
/** What one person may have under way: a stolen account cannot fill the disk. */
const most = { uploads: 10, bytes: 300 * 1_048_576 };

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/**
 * Announces a file that comes in pieces. The same file of the same person for the same paper goes on where it stopped,
 * on whatever page or device; it is the same by its digest, so a changed file of the same name begins anew.
 */
export const beginUpload = command({
  name: 'upload.begin',
  input: BeginUpload,
  load: lockForPapers,
  allow: canChangePapers,
  run: async (ctx, input, subject) => {
    const { dossier } = subject;
    const { paper } = await placeFor(ctx, subject, input.paperKey);
    if (input.size > paper.maxBytes)
      throw new AppError('invalidInput', 'uploads.errors.tooLarge', {
        values: { name: input.fileName, megabytes: Math.floor(paper.maxBytes / 1_048_576) },
      });
    const { userId } = ctx.actor as Person;
    const own = await ctx.tx
      .select()
      .from(uploads)
      .where(and(eq(uploads.userId, userId), gt(uploads.expiresAt, ctx.now())));
    const same = own.find(
      (each) =>
        each.dossierId === dossier.id &&
        each.paperKey === input.paperKey &&
        each.name === input.fileName &&
        each.size === input.size &&
        each.sha256 !== null &&
        each.sha256 === input.sha256,
    );
    if (same) return { id: same.id, received: same.received };
    const bytes = own.reduce((sum, each) => sum + each.size, 0);
    if (own.length >= most.uploads || bytes + input.size > most.bytes)
      throw new AppError('limit', 'uploads.errors.tooManyUnfinished');
    const id = newId();
    const expiresAt = new Date(ctx.now().getTime() + day);
    await ctx.tx.insert(uploads).values({
      id,
      userId,
      dossierId: dossier.id,
      paperKey: input.paperKey,
      name: input.fileName,
      size: input.size,
      sha256: input.sha256 ?? null,
      createdAt: ctx.now(),
      expiresAt,
    });
    await enqueue(ctx, 'upload.expire', { uploadId: id }, { jobKey: `upload:${id}`, runAt: expiresAt });
    return { id, received: 0 };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { paper: input.paperKey, upload: result.id, size: input.size },
  }),
});

async function lockUpload(ctx: TxContext, { uploadId }: { uploadId: string }) {
  const [row] = await ctx.tx.select().from(uploads).where(eq(uploads.id, uploadId)).for('update');
  return row && row.expiresAt > ctx.now() ? row : notFound('uploads.errors.uploadGone');
}

/**
 * Takes the next piece; one that does not begin where the last one ended, or whose digest differs, is refused and
 * nothing is stored. With the last piece the file is looked at and becomes the paper, all in one transaction.
 */
export const appendUpload = command({
  name: 'upload.append',
  input: AppendUpload,
  load: lockUpload,
  allow: canUseUpload,
  run: async (ctx, input, upload) => {
    const values = { received: upload.received };
    if (input.offset !== upload.received) throw new AppError('conflict', 'uploads.errors.offset', { values });
    if (input.offset + input.bytes.byteLength > upload.size)
      throw new AppError('invalidInput', 'uploads.errors.tooManyBytes');
    if (input.sha256 && digestOf(input.bytes) !== input.sha256)
      throw new AppError('invalidInput', 'uploads.errors.checksum');
    const received = input.offset + input.bytes.byteLength;
    await ctx.tx.insert(uploadChunks).values({ uploadId: upload.id, position: input.offset, bytes: input.bytes });
    await ctx.tx.update(uploads).set({ received }).where(eq(uploads.id, upload.id));
    if (received < upload.size) return { received, complete: false };
    const pieces = await ctx.tx
      .select({ bytes: uploadChunks.bytes })
      .from(uploadChunks)
      .where(eq(uploadChunks.uploadId, upload.id))
      .orderBy(asc(uploadChunks.position));
    const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
    if (upload.sha256 && digestOf(bytes) !== upload.sha256)
      throw new AppError('invalidInput', 'uploads.errors.checksum');
    await addPaper(ctx, {
      dossierId: upload.dossierId,
      paperKey: upload.paperKey,
      fileName: upload.name,
      bytes,
    });
    await ctx.tx.delete(uploads).where(eq(uploads.id, upload.id));
    return { received, complete: true };
  },
  audit: ({ input, subject, result }) => ({
    subjectType: 'dossier',
    subjectId: subject.dossierId,
    details: { upload: input.uploadId, received: result.received },
  }),
});

export const cancelUpload = command({
  name: 'upload.cancel',
  input: UploadId,
  load: lockUpload,
  allow: canUseUpload,
  run: async (ctx, _input, upload) => {
    await ctx.tx.delete(uploads).where(eq(uploads.id, upload.id));
    return { id: upload.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: subject.dossierId,
    details: { upload: input.uploadId },
  }),
});

/** Forgets a file that never came whole. */
export const expireUpload = job('upload.expire', z.object({ uploadId: z.uuid() }), async (ctx, { uploadId }) => {
  await ctx.db.delete(uploads).where(and(eq(uploads.id, uploadId), lte(uploads.expiresAt, ctx.now())));
});
