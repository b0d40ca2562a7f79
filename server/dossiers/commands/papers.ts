import { and, eq } from 'drizzle-orm';
import { dossierPapers } from '#db/schema/dossiers.ts';
import { command, notFound, storeUpload } from '#server/platform/index.ts';
import { canChangePapers, handIn, lockForPapers, placeFor } from '../hand-in.ts';
import { AddPaper, RemovePaper } from '../inputs.ts';
import { keepInVault } from '../vault.ts';

/**
 * Adds a paper. What the file is follows from its content, not from its name; each thing that can be wrong with it has
 * a message of its own. The vault keeps it too.
 */
export const addPaper = command({
  name: 'dossier.addPaper',
  input: AddPaper,
  load: lockForPapers,
  allow: canChangePapers,
  run: async (ctx, input, subject) => {
    const place = await placeFor(ctx, subject, input.paperKey);
    const file = await storeUpload(ctx, { name: input.fileName, bytes: input.bytes }, place.paper);
    const id = await handIn(ctx, subject, place, file);
    const { applicantUserId: userId, organisationId } = subject.dossier;
    const kept = { kind: place.paper.key, kindTitle: place.paper.title, name: input.fileName, validTo: null };
    await keepInVault(ctx, { userId, organisationId }, kept, file);
    return { id, fileId: file.id };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { paper: input.paperKey, file: result.fileId },
  }),
});

/** Takes a paper back while that is still the applicant's own business. */
export const removePaper = command({
  name: 'dossier.removePaper',
  input: RemovePaper,
  load: lockForPapers,
  allow: canChangePapers,
  run: async (ctx, input, { dossier, request }) => {
    const removed = await ctx.tx
      .delete(dossierPapers)
      .where(and(eq(dossierPapers.id, input.paperId), eq(dossierPapers.dossierId, dossier.id)))
      .returning({ pendingRequestId: dossierPapers.pendingRequestId });
    // what was filed stays filed: only papers of the answer in the making may go
    if (removed.length === 0 || removed[0]!.pendingRequestId !== (request?.id ?? null)) notFound();
    return { id: input.paperId };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { paper: input.paperId } }),
});
