import { eq } from 'drizzle-orm';
import { dossierPapers } from '#db/schema/dossiers.ts';
import { notify } from '#server/notifications/index.ts';
import type { StoredFile, TxContext } from '#server/platform/index.ts';

/** Tells whoever uploaded a file that malware was found in it; the notice leads to where it can be replaced. */
export async function tellOfQuarantine(ctx: TxContext, file: StoredFile): Promise<void> {
  if (!file.createdBy) return;
  const [paper] = await ctx.tx.select().from(dossierPapers).where(eq(dossierPapers.fileId, file.id)).limit(1);
  await notify(ctx, {
    userId: file.createdBy,
    kind: 'file-quarantined',
    data: {},
    href: paper ? `/my/dossiers/${paper.dossierId}` : '/my',
    mail: true,
    dedupeKey: `quarantine:${file.id}`,
  });
}
