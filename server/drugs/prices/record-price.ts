import { declaredPrices } from '#db/schema/drug-supply.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, newId, notFound, personId } from '#server/platform/index.ts';
import { findEntry } from '#server/registers/index.ts';
import { canRecord } from '../policy.ts';
import { RecordPrice } from './inputs.ts';
import { findPrice } from './records.ts';

/**
 * Records a price a company declared, or corrects one: what was recorded before stays.
 * @throws AppError invalidInput naming the field
 */
export const recordPrice = command({
  name: 'drugPrice.record',
  input: RecordPrice,
  load: async (ctx, { drugId, corrects }) => {
    const drug = (await findEntry(ctx.tx, 'drugs', drugId)) ?? notFound();
    const corrected = corrects ? await findPrice(ctx.tx, corrects) : null;
    if (corrects && corrected?.drugId !== drug.id) notFound();
    return { drug, rootId: corrected?.rootId ?? null };
  },
  allow: (actor, { drug }) => canRecord(actor, drug),
  run: async (ctx, { corrects: _corrects, drugId, ...said }, { rootId }) => {
    if (said.announcedOn > localDate(ctx.now()))
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'announcedOn', reason: 'recalls.errors.future' }],
      });
    const id = newId(ctx.now().getTime());
    await ctx.tx.insert(declaredPrices).values({
      id,
      rootId: rootId ?? id,
      drugId,
      ...said,
      recordedBy: personId(ctx.actor),
      recordedAt: ctx.now(),
    });
    return { priceId: id };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.drug.id,
    details: { priceId: result.priceId, price: input.price, unit: input.unit, corrects: subject.rootId },
  }),
});
