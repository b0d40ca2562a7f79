import { and, arrayContains, eq } from 'drizzle-orm';
import { dossierEventFiles, messageDrafts } from '#db/schema/correspondence.ts';
import {
  dossierPapers,
  dossierResults,
  dossiers,
  inspectionPhotos,
  inspections,
  slips,
  trackingLogs,
} from '#db/schema/dossiers.ts';
import { signedRevisions } from '#db/schema/signatures.ts';
import { vaultPapers } from '#db/schema/vault.ts';
import { type Context, personId, reader } from '#server/platform/index.ts';
import { canReadInternal, canReadTrackingLog, isApplicant, isOfficialOf } from './policy.ts';
import type { Dossier } from './records.ts';
import { vaultVisibleTo } from './vault.ts';

/**
 * Who may read a file because of a dossier: the applicant all but internal photos, officials all but papers of an
 * answer that has not been sent.
 */
export async function canReadDossierFile(ctx: Context, fileId: string): Promise<boolean> {
  const db = reader(ctx);
  const { actor } = ctx;
  // one file may be a paper of several dossiers: any of them that the actor may see is enough
  const papers = await db
    .select({ dossier: dossiers, pending: dossierPapers.pendingRequestId })
    .from(dossierPapers)
    .innerJoin(dossiers, eq(dossiers.id, dossierPapers.dossierId))
    .where(eq(dossierPapers.fileId, fileId));
  const seen = papers.some(
    ({ dossier, pending }) => isApplicant(actor, dossier) || (isOfficialOf(actor, dossier) && pending === null),
  );
  if (seen) return true;
  const [kept] = await db
    .select({ id: vaultPapers.id })
    .from(vaultPapers)
    .where(and(eq(vaultPapers.fileId, fileId), vaultVisibleTo(actor)))
    .limit(1);
  if (kept) return true;
  const sent = await db
    .select({ dossier: dossiers })
    .from(dossierEventFiles)
    .innerJoin(dossiers, eq(dossiers.id, dossierEventFiles.dossierId))
    .where(eq(dossierEventFiles.fileId, fileId));
  if (sent.length > 0) return sent.some(({ dossier }) => mayRead(ctx, dossier));
  const [drafted] = await db
    .select({ userId: messageDrafts.userId })
    .from(messageDrafts)
    .where(arrayContains(messageDrafts.fileIds, [fileId]));
  if (drafted) return drafted.userId === personId(actor);
  const [slip] = await db
    .select({ dossier: dossiers, form: slips.form })
    .from(slips)
    .innerJoin(dossiers, eq(dossiers.id, slips.dossierId))
    .where(eq(slips.fileId, fileId));
  // the control slip goes from desk to desk, not to the applicant
  if (slip) return slip.form === '05' ? canReadInternal(actor, slip.dossier).allowed : mayRead(ctx, slip.dossier);
  const [log] = await db.select().from(trackingLogs).where(eq(trackingLogs.fileId, fileId));
  if (log) return canReadTrackingLog(actor, log.authorityId).allowed;
  const [result] = await db
    .select({ dossier: dossiers, delivered: dossierResults.deliveredAt })
    .from(signedRevisions)
    .innerJoin(dossierResults, eq(dossierResults.documentId, signedRevisions.documentId))
    .innerJoin(dossiers, eq(dossiers.id, dossierResults.dossierId))
    .where(and(eq(signedRevisions.fileId, fileId), eq(signedRevisions.field, 'seal')));
  if (result) return result.delivered !== null && mayRead(ctx, result.dossier);
  const [photo] = await db
    .select({ dossier: dossiers })
    .from(inspectionPhotos)
    .innerJoin(inspections, eq(inspections.id, inspectionPhotos.inspectionId))
    .innerJoin(dossiers, eq(dossiers.id, inspections.dossierId))
    .where(eq(inspectionPhotos.fileId, fileId));
  return photo ? isOfficialOf(actor, photo.dossier) : false;
}

const mayRead = (ctx: Context, dossier: Dossier): boolean =>
  isApplicant(ctx.actor, dossier) || isOfficialOf(ctx.actor, dossier);
