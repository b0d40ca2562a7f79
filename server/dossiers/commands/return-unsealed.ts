import { AppError, command } from '#server/platform/index.ts';
import { returnDocument, signersOf } from '#server/signatures/index.ts';
import { correlateMessage } from '#server/workflow/index.ts';
import { ReturnResult } from '../inputs.ts';
import { canTakeStep } from '../policy.ts';
import { lockResult, resultOf } from '../result-step.ts';
import { noteOnBehalf, openTaskOf } from '../steps.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';

/**
 * The clerk gives back what was signed and may not be sealed, such as the renewal of a licence that was revoked meanwhile:
 * it is drafted and signed anew. Whoever drafted or signed it hears of it.
 */
export const returnUnsealed = command({
  name: 'dossier.returnUnsealed',
  input: ReturnResult,
  load: lockResult('issue'),
  allow: (actor, at) => canTakeStep(actor, at.dossier, 'clerk', at.task),
  run: async (ctx, { dossierId, comment }, at) => {
    const task = openTaskOf(at);
    const { documentId, draftedBy } = resultOf(at);
    const signers = await signersOf(ctx.tx, documentId);
    await returnDocument(ctx, { documentId, reason: comment });
    const data = { comment, by: task.node };
    await addToTimeline(ctx, dossierId, 'resultReturned', { visibility: 'office', data, documentId });
    await noteOnBehalf(ctx, at);
    const { outcome } = await correlateMessage(ctx, {
      name: 'seal-refused',
      correlationKey: dossierId,
      messageId: `seal-refused:${task.id}`,
      variables: {},
    });
    // a diagram published before there was a way back from the seal has nothing that listens
    if (outcome !== 'delivered') throw new AppError('invalidState', 'dossiers.errors.noWayBackFromSeal');
    await tellOfficials(ctx, [draftedBy, ...signers], 'returned-before-seal', at.dossier, task.id);
    return { documentId };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { document: subject.result?.documentId },
  }),
});
