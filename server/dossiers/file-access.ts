import { and, eq } from 'drizzle-orm';
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
import { type Context, reader } from '#server/platform/index.ts';
import { canReadInternal, canReadTrackingLog, isApplicant, isOfficialOf } from './policy.ts';
import type { Dossier } from './records.ts';

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
  if (papers.length > 0) {
    return papers.some(
      ({ dossier, pending }) => isApplicant(actor, dossier) || (isOfficialOf(actor, dossier) && pending === null),
    );
  }
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
