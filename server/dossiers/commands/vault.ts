import { eq } from 'drizzle-orm';
import { vaultPapers } from '#db/schema/vault.ts';
import { localDate } from '#server/calendar/index.ts';
import {
  AppError,
  command,
  getFile,
  notFound,
  nothing,
  type Person,
  storeUpload,
  type TxContext,
} from '#server/platform/index.ts';
import { canChangePapers, handIn, lockForPapers, placeFor } from '../hand-in.ts';
import { AddVaultPaper, EditVaultPaper, ReusePaper, VaultPaperId } from '../inputs.ts';
import { canCreateDossier, canUseVaultPaper } from '../policy.ts';
import { vaultKinds } from '../queries/vault.ts';
import type { Dossier } from '../records.ts';
import { eraseIfUnused, isForDossier, issuedPapersOf, keepInVault, lockVaultPaper } from '../vault.ts';

const uploadLimits = { accepts: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 20 * 1_048_576 };

/** Puts a paper into one's own vault or that of a business one acts for. */
export const addVaultPaper = command({
  name: 'vault.add',
  input: AddVaultPaper,
  load: nothing,
  allow: (actor, _none, input) => canCreateDossier(actor, input.organisationId),
  run: async (ctx, input) => {
    const kind = (await vaultKinds(ctx.tx, ctx.now())).find((each) => each.key === input.kind);
    if (!kind) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'kind', reason: 'errors.field.choice' }],
      });
    }
    const file = await storeUpload(ctx, { name: input.fileName, bytes: input.bytes }, uploadLimits);
    const owner = { userId: (ctx.actor as Person).userId, organisationId: input.organisationId };
    const paper = { kind: kind.key, kindTitle: kind.title, name: input.fileName, validTo: input.validTo };
    const id = await keepInVault(ctx, owner, paper, file);
    if (id === null) throw new AppError('conflict', 'vault.errors.sameTwice');
    return { id, fileId: file.id };
  },
  audit: ({ result }) => ({ subjectType: 'vault', subjectId: result.id, details: { file: result.fileId } }),
});

/** Gives a paper another name and the last day it holds. */
export const editVaultPaper = command({
  name: 'vault.edit',
  input: EditVaultPaper,
  load: (ctx, input) => lockVaultPaper(ctx, input.vaultPaperId),
  allow: canUseVaultPaper,
  run: async (ctx, input, paper) => {
    await ctx.tx
      .update(vaultPapers)
      .set({ name: input.name, validTo: input.validTo })
      .where(eq(vaultPapers.id, paper.id));
    return { id: paper.id };
  },
  audit: ({ input }) => ({ subjectType: 'vault', subjectId: input.vaultPaperId }),
});

/** Takes a paper out of the vault. Dossiers that hold its file keep it; a file nothing holds is erased. */
export const removeVaultPaper = command({
  name: 'vault.remove',
  input: VaultPaperId,
  load: (ctx, input) => lockVaultPaper(ctx, input.vaultPaperId),
  allow: canUseVaultPaper,
  run: async (ctx, _input, paper) => {
    await ctx.tx.delete(vaultPapers).where(eq(vaultPapers.id, paper.id));
    await eraseIfUnused(ctx, paper.fileId);
    return { id: paper.id };
  },
  audit: ({ input }) => ({ subjectType: 'vault', subjectId: input.vaultPaperId }),
});

/**
 * Hands in a paper of the vault, or a certificate that was issued, without uploading it again: the dossier holds the
 * same stored file, whose content never changes, and notes its digest.
 */
export const reusePaper = command({
  name: 'dossier.reusePaper',
  input: ReusePaper,
  load: lockForPapers,
  allow: canChangePapers,
  run: async (ctx, input, subject) => {
    const place = await placeFor(ctx, subject, input.paperKey);
    const file = await getFile(ctx.tx, await sourceOf(ctx, input, subject.dossier));
    const values = { name: file.name };
    if (file.scan === 'quarantined') throw new AppError('invalidInput', 'uploads.errors.fileQuarantined', { values });
    if (!place.paper.accepts.includes(file.mediaType) || file.size > place.paper.maxBytes)
      throw new AppError('invalidInput', 'vault.errors.doesNotFit', { values });
    return { id: await handIn(ctx, subject, place, file), fileId: file.id, sha256: file.sha256 };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { paper: input.paperKey, file: result.fileId, sha256: result.sha256 },
  }),
});

/** The file meant: of a paper the actor may hand in here and that still holds, or of a certificate issued to them. */
async function sourceOf(ctx: TxContext, input: ReusePaper, dossier: Dossier): Promise<string> {
  if (input.from === 'certificate') {
    const issued = await issuedPapersOf(ctx.tx, ctx.actor);
    const meant = issued.find((each) => each.fileId === input.sourceId);
    return meant && isForDossier(meant, dossier) ? meant.fileId : notFound();
  }
  const paper = await lockVaultPaper(ctx, input.sourceId);
  if (!canUseVaultPaper(ctx.actor, paper).allowed || !isForDossier(paper, dossier)) notFound();
  if (paper.validTo && paper.validTo < localDate(ctx.now()))
    throw new AppError('invalidState', 'vault.errors.expired', { values: { name: paper.name } });
  return paper.fileId;
}
