import { count, eq } from 'drizzle-orm';
import { registerEntries, registerExports } from '#db/schema/registers.ts';
import { AppError, command, enqueue, newId, personId } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { writeExport } from '../exports/write-export.ts';
import { StartExport } from '../inputs.ts';
import { canWorkOnRegisters, keepersOf } from '../policy.ts';

/** Registers up to this size are written while the person waits. */
const atOnce = 2000;

/**
 * Makes a file of a register as it was on a day, for the person who asks alone: at once when it is small, else by a job.
 * @throws AppError invalidInput for a map of what has no places
 */
export const startExport = command({
  name: 'registerExport.start',
  input: StartExport,
  load: async (_ctx, { register }) => registerOf(register),
  allow: (actor) => canWorkOnRegisters(actor),
  run: async (ctx, { format, criteria, on, own, locale }, register) => {
    if (format === 'geojson' && !register.point) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'format', reason: 'registers.exports.errors.noPlaces' }],
      });
    }
    const known = new Set(['q', ...Object.keys(register.filters ?? {})]);
    const asked = Object.fromEntries(Object.entries(criteria).filter(([key, value]) => known.has(key) && value !== ''));
    const [size] = await ctx.tx
      .select({ n: count() })
      .from(registerEntries)
      .where(eq(registerEntries.register, register.key));
    const exportId = newId();
    await ctx.tx.insert(registerExports).values({
      id: exportId,
      register: register.key,
      format,
      criteria: {
        ...asked,
        ...(own
          ? { keepers: [...new Set(keepersOf(ctx.actor).map((keeper) => keeper.organisationId))].join(',') }
          : {}),
      },
      validOn: on ?? null,
      locale,
      wholeContent: own,
      total: size!.n,
      createdBy: personId(ctx.actor)!,
      createdAt: ctx.now(),
    });
    if (size!.n <= atOnce) await writeExport(ctx, exportId);
    else await enqueue(ctx, 'registerExport.write', { exportId }, { jobKey: `export:${exportId}` });
    return { exportId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'registerExport',
    subjectId: result.exportId,
    details: { register: input.register, format: input.format, own: input.own ?? false },
  }),
});
