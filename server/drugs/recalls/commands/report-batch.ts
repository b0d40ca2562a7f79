import { batchReports } from '#db/schema/drug-supply.ts';
import { localDate } from '#server/calendar/index.ts';
import { findHeldFacility, type HeldFacility } from '#server/facilities/index.ts';
import { AppError, command, enqueue, newId, notFound, personId, type TxContext } from '#server/platform/index.ts';
import { authorityOf } from '../../authority-of.ts';
import { findDrugBy } from '../../find-drug.ts';
import { canReportFor } from '../../policy.ts';
import { ReportBatch } from '../inputs.ts';
import { reportOf } from '../own-report.ts';
import { recallsConcerning } from '../records.ts';
import { batchKey } from '../rules.ts';

/**
 * A facility says which batch of a drug it holds, or corrects what it said: the earlier row stays.
 * @returns how many recalls that run are about it
 * @throws AppError invalidInput naming the field
 */
export const reportBatch = command({
  name: 'batch.report',
  input: ReportBatch,
  load: async (ctx, { facilityId, corrects }): Promise<{ facility: HeldFacility; rootId: string | null }> => {
    const facility = (await findHeldFacility(ctx.tx, facilityId)) ?? notFound();
    if (!corrects) return { facility, rootId: null };
    const corrected = await reportOf(ctx.tx, corrects);
    return { facility, rootId: corrected?.facilityId === facility.id ? corrected.rootId : notFound() };
  },
  allow: (actor, { facility }) => canReportFor(actor, facility),
  run: async (ctx, input, { facility, rootId }) => {
    const today = localDate(ctx.now());
    const drugId = await findDrugBy(ctx.tx, input.drug);
    if (drugId === null) wrong('drug', 'recalls.errors.noSuchDrug', { number: input.drug });
    if (input.receivedOn > today) wrong('receivedOn', 'recalls.errors.future');
    const id = newId(ctx.now().getTime());
    const [report] = await ctx.tx
      .insert(batchReports)
      .values({
        id,
        rootId: rootId ?? id,
        facilityId: facility.id,
        organisationId: facility.organisationId!,
        authorityId: await authorityOf(ctx.tx, facility.provinceCode),
        drugId,
        batch: input.batch,
        batchKey: batchKey(input.batch),
        quantity: input.quantity,
        unit: input.unit,
        receivedOn: input.receivedOn,
        reportedBy: personId(ctx.actor)!,
        recordedAt: ctx.now(),
      })
      .returning();
    return { reportId: id, recalls: await tellOf(ctx, await recallsConcerning(ctx.tx, [report!], today)) };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'facility',
    subjectId: subject.facility.id,
    details: { reportId: result.reportId, batch: input.batch, quantity: input.quantity, corrects: subject.rootId },
  }),
});

/** Whoever reports a batch that is already recalled is told like those who had before. */
async function tellOf(ctx: TxContext, found: readonly { recall: { id: string } }[]): Promise<number> {
  for (const { recall } of found)
    await enqueue(ctx, 'recall.tellHolders', { recallId: recall.id }, { jobKey: `recall:${recall.id}` });
  return found.length;
}

function wrong(path: string, reason: string, values: Record<string, string> = {}): never {
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason, values }] });
}
