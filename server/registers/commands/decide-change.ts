import { eq } from 'drizzle-orm';
import { changeRequests } from '#db/schema/registers.ts';
import { AppError, command, notFound, parseInput, personId, type TxContext } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { DecideChange, RequestRef } from '../inputs.ts';
import { canDecide, canWithdraw } from '../policy.ts';
import { recordVersions } from '../record-versions.ts';
import { type ChangeRequest, lockEntry, lockRequest } from '../records.ts';
import { actionOf } from '../rules.ts';

/**
 * Another person approves a change, which is recorded at once, or rejects it and says why.
 * @throws AppError conflict when the entry changed since it was proposed: nothing is overwritten
 */
export const decideChange = command({
  name: 'registerChange.decide',
  input: DecideChange,
  load: (ctx, { requestId }) => lockRequest(ctx, requestId),
  allow: (actor, request) => canDecide(actor, request),
  run: async (ctx, { approve, note }, request) => {
    assertOpen(request);
    if (!approve && note === '') {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'note', reason: 'registers.errors.noteMissing' }],
      });
    }
    const entryId = approve ? await carryOut(ctx, request) : request.entryId;
    await ctx.tx
      .update(changeRequests)
      .set({
        state: approve ? 'approved' : 'rejected',
        entryId,
        decidedBy: personId(ctx.actor),
        decidedAt: ctx.now(),
        decisionNote: note || null,
      })
      .where(eq(changeRequests.id, request.id));
    return { entryId, register: request.register };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: result.entryId,
    details: { register: subject.register, requestId: subject.id, number: subject.number, approved: input.approve },
  }),
});

/** Who proposed a change takes it back while nobody has decided. */
export const withdrawChange = command({
  name: 'registerChange.withdraw',
  input: RequestRef,
  load: (ctx, { requestId }) => lockRequest(ctx, requestId),
  allow: (actor, request) => canWithdraw(actor, request),
  run: async (ctx, _input, request) => {
    assertOpen(request);
    await ctx.tx
      .update(changeRequests)
      .set({ state: 'withdrawn', decidedAt: ctx.now() })
      .where(eq(changeRequests.id, request.id));
    return { requestId: request.id };
  },
  audit: ({ subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.entryId,
    details: { register: subject.register, requestId: subject.id, number: subject.number },
  }),
});

function assertOpen({ state }: ChangeRequest): void {
  if (state !== 'proposed') throw new AppError('invalidState', `registers.errors.request.${state}`);
}

async function carryOut(ctx: TxContext, request: ChangeRequest): Promise<string> {
  const register = registerOf(request.register);
  const entry = request.entryId ? await lockEntry(ctx, register.key, request.entryId) : null;
  if (entry && entry.version !== request.baseVersion) throw new AppError('conflict', 'registers.errors.changedSince');
  const target = request.mergeInto ? await lockEntry(ctx, register.key, request.mergeInto) : null;
  if (target?.mergedInto) throw new AppError('conflict', 'registers.errors.changedSince');
  const [entryId] = await recordVersions(ctx, register, [
    {
      ...(entry ? { entryId: entry.id } : {}),
      isNew: entry === null,
      action: actionOf[request.kind],
      content: parseInput(register.content, request.content),
      closed: request.kind === 'close' || request.kind === 'merge',
      ...(target ? { mergedInto: target.id } : {}),
      validFrom: request.validFrom,
      validTo: request.validTo,
      decisionNumber: request.decisionNumber,
      changeRequestId: request.id,
    },
  ]);
  return entryId ?? notFound();
}
