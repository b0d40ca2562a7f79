import { recallAnswers } from '#db/schema/drug-supply.ts';
import { localDate } from '#server/calendar/index.ts';
import { findHeldFacility } from '#server/facilities/index.ts';
import { AppError, command, newId, notFound, personId } from '#server/platform/index.ts';
import { authorityOf } from '../../authority-of.ts';
import { canReportFor } from '../../policy.ts';
import { AnswerRecall } from '../inputs.ts';
import { findRecall, reportsConcerned } from '../records.ts';
import { moreThanReported, recallState } from '../rules.ts';

/**
 * A facility says what it set apart and sent back of a recalled drug. Answering again adds a row; the last one counts.
 * @throws AppError invalidState when the recall is over or is not about anything the facility reported
 */
export const answerRecall = command({
  name: 'recall.answer',
  input: AnswerRecall,
  load: async (ctx, { recallId, facilityId }) => ({
    recall: (await findRecall(ctx.tx, recallId)) ?? notFound(),
    facility: (await findHeldFacility(ctx.tx, facilityId)) ?? notFound(),
  }),
  allow: (actor, { facility }) => canReportFor(actor, facility),
  run: async (ctx, { quarantined, returned, note }, { recall, facility }) => {
    if (recallState(recall, localDate(ctx.now())) === 'ended')
      throw new AppError('invalidState', 'recalls.errors.ended');
    const reports = (await reportsConcerned(ctx.tx, recall)).filter(({ facilityId }) => facilityId === facility.id);
    if (reports.length === 0) throw new AppError('invalidState', 'recalls.errors.notReported');
    if (moreThanReported({ quarantined, returned }, reports))
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'quarantined', reason: 'recalls.errors.moreThanReported' }],
      });
    const answerId = newId(ctx.now().getTime());
    await ctx.tx.insert(recallAnswers).values({
      id: answerId,
      recallId: recall.id,
      facilityId: facility.id,
      organisationId: facility.organisationId!,
      authorityId: await authorityOf(ctx.tx, facility.provinceCode),
      quarantined,
      returned,
      note: note || null,
      answeredBy: personId(ctx.actor)!,
      recordedAt: ctx.now(),
    });
    return { answerId };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'facility',
    subjectId: subject.facility.id,
    details: {
      answerId: result.answerId,
      recallId: subject.recall.id,
      number: subject.recall.number,
      quarantined: input.quarantined,
      returned: input.returned,
    },
  }),
});
