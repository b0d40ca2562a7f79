import { and, eq } from 'drizzle-orm';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import type { Actor, Verdict } from '#server/platform/index.ts';
import {
  AppError,
  command,
  newId,
  notFound,
  type Person,
  storeUpload,
  type TxContext,
} from '#server/platform/index.ts';
import { getVersion, papersFor } from '#server/procedures/index.ts';
import { AddPaper, RemovePaper } from '../inputs.ts';
import { canActAsApplicant, canEditDraft, type DossierFacts } from '../policy.ts';
import { type Dossier, findOpenRequest, lockDossier, papersOf } from '../records.ts';

interface PaperSubject {
  dossier: Dossier;
  requestId: string | null;
}

async function lockForPapers(ctx: TxContext, dossierId: string): Promise<PaperSubject> {
  const dossier = await lockDossier(ctx, dossierId);
  const request = dossier.state > 0 ? await findOpenRequest(ctx.tx, dossierId) : null;
  return { dossier, requestId: request?.id ?? null };
}

/** Papers change while the dossier is a draft, and afterwards only as the answer to an open request. */
function canChangePapers(actor: Actor, { dossier, requestId }: PaperSubject): Verdict {
  const facts: DossierFacts = dossier;
  return requestId ? canActAsApplicant(actor, facts) : canEditDraft(actor, facts);
}

/**
 * Adds a paper. What the file is follows from its content, not from its name; each thing that can be wrong with it has
 * a message of its own. During an answer to a request it stays unseen by officials until the answer is sent.
 */
export const addPaper = command({
  name: 'dossier.addPaper',
  input: AddPaper,
  load: (ctx, input) => lockForPapers(ctx, input.dossierId),
  allow: canChangePapers,
  run: async (ctx, input, { dossier, requestId }) => {
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const paper = papersFor(version, dossier.answers).find((each) => each.key === input.paperKey);
    const request = requestId ? await findOpenRequest(ctx.tx, dossier.id) : null;
    if (!paper) notFound('dossiers.errors.paperNotAsked');
    if (
      request &&
      request.kind === 'supplement' &&
      !request.items.some((item) => item.kind === 'paper' && item.target === input.paperKey)
    ) {
      throw new AppError('invalidState', 'dossiers.errors.itemNotRequested');
    }
    const held = (await papersOf(ctx.tx, dossier.id)).filter(
      (each) => each.paperKey === paper.key && !each.replacedAt && each.pendingRequestId === requestId,
    );
    if (held.length >= paper.maxFiles) {
      throw new AppError('limit', 'dossiers.errors.tooManyFiles', { values: { maximum: paper.maxFiles } });
    }
    const file = await storeUpload(ctx, { name: input.fileName, bytes: input.bytes }, paper);
    if (held.some((each) => each.sha256 === file.sha256))
      throw new AppError('conflict', 'dossiers.errors.sameFileTwice');
    const id = newId();
    await ctx.tx.insert(dossierPapers).values({
      id,
      dossierId: dossier.id,
      paperKey: paper.key,
      fileId: file.id,
      addedBy: (ctx.actor as Person).userId,
      addedAt: ctx.now(),
      pendingRequestId: requestId,
    });
    if (dossier.state === 0)
      await ctx.tx.update(dossiers).set({ savedAt: ctx.now() }).where(eq(dossiers.id, dossier.id));
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
  load: (ctx, input) => lockForPapers(ctx, input.dossierId),
  allow: canChangePapers,
  run: async (ctx, input, { dossier, requestId }) => {
    const removed = await ctx.tx
      .delete(dossierPapers)
      .where(and(eq(dossierPapers.id, input.paperId), eq(dossierPapers.dossierId, dossier.id)))
      .returning({ pendingRequestId: dossierPapers.pendingRequestId });
    // what was filed stays filed: only papers of the answer in the making may go
    if (removed.length === 0 || removed[0]!.pendingRequestId !== requestId) notFound();
    return { id: input.paperId };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { paper: input.paperId } }),
});
