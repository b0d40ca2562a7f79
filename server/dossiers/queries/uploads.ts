import { and, asc, eq, gt } from 'drizzle-orm';
import { uploads } from '#db/schema/uploads.ts';
import { notFound, type Person, query } from '#server/platform/index.ts';
import { PaperOfDossier, UploadId } from '../inputs.ts';
import { canPreparePapers, canUseUpload } from '../policy.ts';
import { getDossier } from '../records.ts';

/** How much of a file has come. */
export const getUpload = query({
  input: UploadId,
  load: async (db, { uploadId }, ctx) => {
    const [row] = await db.select().from(uploads).where(eq(uploads.id, uploadId));
    return row && row.expiresAt > ctx.now() ? row : notFound('uploads.errors.uploadGone');
  },
  allow: canUseUpload,
  view: (_ctx, { id, name, size, received }) => ({ id, name, size, received }),
});

/** What this person began to send for one paper and did not end. */
export const unfinishedUploads = query({
  input: PaperOfDossier,
  load: (db, input) => getDossier(db, input.dossierId),
  allow: canPreparePapers,
  view: (ctx, dossier, input) =>
    ctx.db
      .select({ id: uploads.id, name: uploads.name, size: uploads.size, received: uploads.received })
      .from(uploads)
      .where(
        and(
          eq(uploads.userId, (ctx.actor as Person).userId),
          eq(uploads.dossierId, dossier.id),
          eq(uploads.paperKey, input.paperKey),
          gt(uploads.expiresAt, ctx.now()),
        ),
      )
      .orderBy(asc(uploads.createdAt)),
});
