import { eq } from 'drizzle-orm';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { vaultPapers } from '#db/schema/vault.ts';
import { localDate } from '#server/calendar/index.ts';
import {
  type Actor,
  AppError,
  allow,
  command,
  getFile,
  newId,
  notFound,
  nothing,
  type Person,
  storeUpload,
  type TxContext,
} from '#server/platform/index.ts';
import { getVersion, papersFor } from '#server/procedures/index.ts';
import { AddVaultPaper, EditVaultPaper, ReusePaper, VaultPaperId } from '../inputs.ts';
import { canCreateDossier, canUseVaultPaper } from '../policy.ts';
import { vaultKinds } from '../queries/vault.ts';
import { papersOf } from '../records.ts';
import { eraseIfUnused, issuedPapersOf, keepInVault, lockVaultPaper } from '../vault.ts';
import { canChangePapers, lockForPapers } from './papers.ts';

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
  load: (ctx, input) => lockForPapers(ctx, input.dossierId),
  allow: canChangePapers,
  run: async (ctx, input, { dossier, requestId }) => {
    const version = await getVersion(ctx.tx, dossier.procedureVersionId);
    const paper = papersFor(version, dossier.answers).find((each) => each.key === input.paperKey);
    if (!paper) notFound('dossiers.errors.paperNotAsked');
    const file = await getFile(ctx.tx, await sourceOf(ctx, input));
    const values = { name: file.name };
    if (file.scan === 'quarantined') throw new AppError('invalidInput', 'uploads.errors.fileQuarantined', { values });
    if (!paper.accepts.includes(file.mediaType) || file.size > paper.maxBytes)
      throw new AppError('invalidInput', 'vault.errors.doesNotFit', { values });
    const held = (await papersOf(ctx.tx, dossier.id)).filter(
      (each) => each.paperKey === paper.key && !each.replacedAt && each.pendingRequestId === requestId,
    );
    if (held.length >= paper.maxFiles)
      throw new AppError('limit', 'dossiers.errors.tooManyFiles', { values: { maximum: paper.maxFiles } });
    if (held.some((each) => each.sha256 === file.sha256))
      throw new AppError('conflict', 'dossiers.errors.sameFileTwice');
    const id = newId();
    await ctx.tx.insert(dossierPapers).values({
      id,
      dossierId: dossier.id,
      paperKey: paper.key,
      fileId: file.id,
      sha256: file.sha256,
      addedBy: (ctx.actor as Person).userId,
      addedAt: ctx.now(),
      pendingRequestId: requestId,
    });
    if (dossier.state === 0)
      await ctx.tx.update(dossiers).set({ savedAt: ctx.now() }).where(eq(dossiers.id, dossier.id));
    return { id, fileId: file.id, sha256: file.sha256 };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { paper: input.paperKey, file: result.fileId, sha256: result.sha256 },
  }),
});

/** The file meant: of a paper the actor may use and that still holds, or of a certificate issued to them. */
async function sourceOf(ctx: TxContext, input: ReusePaper): Promise<string> {
  if (input.from === 'certificate') {
    const issued = await issuedPapersOf(ctx.tx, ctx.actor);
    return issued.find((each) => each.fileId === input.sourceId)?.fileId ?? notFound();
  }
  const paper = await lockVaultPaper(ctx, input.sourceId);
  if (!mayUse(ctx.actor, paper)) notFound();
  if (paper.validTo && paper.validTo < localDate(ctx.now()))
    throw new AppError('invalidState', 'vault.errors.expired', { values: { name: paper.name } });
  return paper.fileId;
}

const mayUse = (actor: Actor, paper: Parameters<typeof canUseVaultPaper>[1]): boolean =>
  canUseVaultPaper(actor, paper) === allow;
