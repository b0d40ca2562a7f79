import { eq } from 'drizzle-orm';
import { signedDocuments, signedRevisions } from '#db/schema/signatures.ts';
import { type Context, reader } from '#server/platform/index.ts';
import { canReadDocument } from '../policy.ts';

/** Officials of the organisation may read each revision of its documents. Register it with `registerFileReader`. */
export async function mayReadDocumentFile(ctx: Context, fileId: string): Promise<boolean> {
  const [row] = await reader(ctx)
    .select({ organisationId: signedDocuments.organisationId, draftedBy: signedDocuments.draftedBy })
    .from(signedRevisions)
    .innerJoin(signedDocuments, eq(signedDocuments.id, signedRevisions.documentId))
    .where(eq(signedRevisions.fileId, fileId));
  return row !== undefined && canReadDocument(ctx.actor, row).allowed;
}
