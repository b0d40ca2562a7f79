import { eq } from 'drizzle-orm';
import { registerExports } from '#db/schema/registers.ts';
import { AppError, cancelJob, command } from '#server/platform/index.ts';
import { ExportRef } from '../inputs.ts';
import { canCancelExport } from '../policy.ts';

/** Stops making a file that is not made yet. A job that writes it sees that at its next look and takes away what it has written. */
export const cancelExport = command({
  name: 'registerExport.cancel',
  input: ExportRef,
  load: async (ctx, { exportId }) => {
    const [row] = await ctx.tx.select().from(registerExports).where(eq(registerExports.id, exportId)).for('update');
    return row ?? null;
  },
  allow: (actor, row) => canCancelExport(actor, row),
  run: async (ctx, { exportId }, row) => {
    if (row?.state !== 'waiting' && row?.state !== 'writing')
      throw new AppError('invalidState', 'registers.exports.errors.over');
    // of a writer that died the bytes go with those whose time is over
    await ctx.tx
      .update(registerExports)
      .set({ state: 'cancelled', expiresAt: ctx.now() })
      .where(eq(registerExports.id, exportId));
    await cancelJob(ctx, `export:${exportId}`);
    return { exportId };
  },
  audit: ({ input }) => ({ subjectType: 'registerExport', subjectId: input.exportId, details: {} }),
});
