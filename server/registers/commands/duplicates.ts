import { and, eq } from 'drizzle-orm';
import { registerDuplicates } from '#db/schema/registers.ts';
import { AppError, command, enqueue, notFound, personId } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { KeepApart, RegisterOnly } from '../inputs.ts';
import { canReadRequest, canWorkOnRegisters } from '../policy.ts';
import { findEntry } from '../records.ts';

/** Says that two entries are not the same, and why; that is remembered, and they are shown no more. */
export const keepApart = command({
  name: 'registerDuplicate.keepApart',
  input: KeepApart,
  load: async (ctx, { firstId, secondId }) => {
    const [pair] = await ctx.tx
      .select()
      .from(registerDuplicates)
      .where(and(eq(registerDuplicates.firstId, firstId), eq(registerDuplicates.secondId, secondId)))
      .for('update');
    if (!pair) return notFound();
    const entry = (await findEntry(ctx.tx, pair.register, pair.firstId)) ?? notFound();
    return { pair, organisationId: entry.organisationId, provinceCode: entry.provinceCode };
  },
  allow: (actor, kept) => canReadRequest(actor, kept),
  run: async (ctx, { firstId, secondId, note }, { pair }) => {
    if (pair.state !== 'open') throw new AppError('invalidState', 'registers.duplicates.errors.decided');
    await ctx.tx
      .update(registerDuplicates)
      .set({ state: 'different', note, decidedBy: personId(ctx.actor), decidedAt: ctx.now() })
      .where(and(eq(registerDuplicates.firstId, firstId), eq(registerDuplicates.secondId, secondId)));
    return { firstId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: input.firstId,
    details: { register: subject.pair.register, other: input.secondId },
  }),
});

/** Has a register looked through for entries that are there twice. */
export const lookForDuplicates = command({
  name: 'registerDuplicate.look',
  input: RegisterOnly,
  load: async (_ctx, { register }) => registerOf(register),
  allow: (actor) => canWorkOnRegisters(actor),
  run: async (ctx, { register }) => {
    await enqueue(ctx, 'registerDuplicate.find', { register }, { jobKey: `duplicates:${register}` });
    return { register };
  },
  audit: ({ input }) => ({ subjectType: 'register', subjectId: input.register, details: {} }),
});
