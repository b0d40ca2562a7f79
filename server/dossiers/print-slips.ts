import { and, eq, isNull } from 'drizzle-orm';
import { slips } from '#db/schema/dossiers.ts';
import { storeFile, type TxContext } from '#server/platform/index.ts';
import { getDossier } from './records.ts';
import { renderSlip } from './slip-layouts.ts';
import { addToTimeline } from './timeline.ts';

/** Prints the slips of a dossier that have been issued and have no PDF yet. */
export async function printSlips(ctx: TxContext, dossierId: string): Promise<void> {
  const dossier = await getDossier(ctx.tx, dossierId);
  const open = await ctx.tx
    .select()
    .from(slips)
    .where(and(eq(slips.dossierId, dossier.id), isNull(slips.fileId)))
    .for('update');
  for (const slip of open) {
    const bytes = await renderSlip(ctx.tx, dossier, slip);
    const file = await storeFile(ctx, {
      name: `${dossier.code}-phieu-${slip.form}.pdf`,
      mediaType: 'application/pdf',
      bytes,
    });
    await ctx.tx.update(slips).set({ fileId: file.id }).where(eq(slips.id, slip.id));
    await addToTimeline(ctx, dossier.id, 'slipIssued', {
      // the control slip goes with the dossier from desk to desk, not to the applicant
      visibility: slip.form === '05' ? 'office' : 'all',
      data: { form: slip.form, number: slip.number },
      fileId: file.id,
    });
  }
}
