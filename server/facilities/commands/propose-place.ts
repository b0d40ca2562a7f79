import { localDate } from '#server/calendar/index.ts';
import { AppError, command, notFound } from '#server/platform/index.ts';
import { canReadRequest, proposeChange } from '#server/registers/index.ts';
import { ProposePlace } from '../inputs.ts';
import { optionKey } from '../places/judge-place.ts';
import { openReview } from '../places/place-reviews.ts';

/**
 * A person chooses where a facility lies whose place is in doubt: a change of its entry that another person approves. With its
 * approval the place leaves the queue.
 * @throws AppError invalidInput when the choice is none of the queue's; conflict when the entry changed since it was read
 */
export const proposePlace = command({
  name: 'facility.proposePlace',
  input: ProposePlace,
  load: async (ctx, { id }) => (await openReview(ctx.tx, id)) ?? notFound(),
  allow: (actor, subject) => canReadRequest(actor, subject),
  run: async (ctx, { id, version, choice, reason }, { review }) => {
    const chosen = review.options.find((option) => optionKey(option) === choice);
    if (!chosen) {
      const fields = [{ path: 'choice', reason: 'errors.field.choice' }];
      throw new AppError('invalidInput', 'errors.invalidInput', { fields });
    }
    const place = { provinceCode: chosen.provinceCode, wardCode: chosen.wardCode ?? '' };
    return proposeChange(ctx, {
      register: 'facilities',
      kind: 'change',
      entryId: id,
      version,
      texts: chosen.keepsPoint ? place : { ...place, latitude: '', longitude: '' },
      validFrom: localDate(ctx.now()),
      reason,
    });
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'facility',
    subjectId: input.id,
    details: { choice: input.choice, doubt: subject.review.kind, requestId: result.requestId, number: result.number },
  }),
});
