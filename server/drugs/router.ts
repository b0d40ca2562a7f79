import { z } from 'zod';
import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { DrugRef, SearchDrugs } from './inputs.ts';
import { PricesAsOf, RecordPrice } from './prices/inputs.ts';
import { priceHistory } from './prices/price-history.ts';
import { recordPrice } from './prices/record-price.ts';
import { RecordTest } from './quality/inputs.ts';
import { recordTest } from './quality/record-test.ts';
import { testsOfDrug } from './quality/tests-of-drug.ts';
import { drugDesk, drugToRecord } from './queries/drug-desk.ts';
import { getDrug, searchDrugs } from './queries/drugs.ts';
import { answerRecall } from './recalls/commands/answer-recall.ts';
import { reportBatch } from './recalls/commands/report-batch.ts';
import { AnswerRecall, ListRecalls, RecallRef, ReportBatch, ReportRef } from './recalls/inputs.ts';
import { ownBatches, ownRecall, ownReport } from './recalls/queries/own-batches.ts';
import { recallHolders } from './recalls/queries/recall-holders.ts';
import { getRecall, listRecalls } from './recalls/queries/recalls.ts';

export const drugsRouter = router({
  search: procedure.input(shape(SearchDrugs)).query(({ ctx, input }) => searchDrugs(ctx, input)),
  get: procedure.input(shape(DrugRef)).query(({ ctx, input }) => getDrug(ctx, input)),
  forOffice: procedure.input(shape(DrugRef)).query(({ ctx, input }) => drugDesk(ctx, input)),
  forRecording: procedure.input(shape(DrugRef)).query(({ ctx, input }) => drugToRecord(ctx, input)),
  prices: procedure.input(shape(PricesAsOf)).query(({ ctx, input }) => priceHistory(ctx, input)),
  recordPrice: procedure.input(shape(RecordPrice)).mutation(({ ctx, input }) => recordPrice(ctx, input)),
  tests: procedure.input(shape(DrugRef)).query(({ ctx, input }) => testsOfDrug(ctx, input)),
  recordTest: procedure.input(shape(RecordTest)).mutation(({ ctx, input }) => recordTest(ctx, input)),
  recalls: procedure.input(shape(ListRecalls)).query(({ ctx, input }) => listRecalls(ctx, input)),
  recall: procedure.input(shape(RecallRef)).query(({ ctx, input }) => getRecall(ctx, input)),
  recallHolders: procedure.input(shape(RecallRef)).query(({ ctx, input }) => recallHolders(ctx, input)),
  ownBatches: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => ownBatches(ctx, input)),
  ownReport: procedure.input(shape(ReportRef)).query(({ ctx, input }) => ownReport(ctx, input)),
  ownRecall: procedure.input(shape(RecallRef)).query(({ ctx, input }) => ownRecall(ctx, input)),
  reportBatch: limited('batch-report', 1000)
    .input(shape(ReportBatch))
    .mutation(({ ctx, input }) => reportBatch(ctx, input)),
  answerRecall: procedure.input(shape(AnswerRecall)).mutation(({ ctx, input }) => answerRecall(ctx, input)),
});
