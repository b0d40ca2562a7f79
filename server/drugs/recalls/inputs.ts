import { z } from 'zod';
import { Id, line, paragraph } from '#server/platform/input.ts';
import { batchKey, latestDeadline, recallKinds, recallLevels } from './rules.ts';

const Day = z.iso.date('registers.errors.date');
/** A batch number needs a letter or digit to be told by. */
const Batch = line(60).refine((text) => text === '' || batchKey(text) !== '', 'recalls.errors.batch');
/** Whole, as people count packages. */
const Quantity = z.number('recalls.errors.quantity').int('recalls.errors.quantity').min(0).max(1_000_000_000);

/** What the register says of a recall. */
export const RecallContent = z
  .strictObject({
    number: line(60),
    /** registration number of the drug, any it ever had */
    drug: line(40),
    level: z.enum(recallLevels),
    kind: z.enum(recallKinds),
    reason: paragraph(2000),
    batches: z.array(Batch).max(200).default([]),
    allBatches: z.boolean().nullish(),
    issuedOn: Day,
    deadline: Day,
    sourceDecision: line(100).nullish(),
  })
  .superRefine((recall, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const [named, all] = [recall.batches.length > 0, recall.allBatches === true];
    if (named === all) wrong('batches', named ? 'recalls.errors.batchesOrAll' : 'recalls.errors.batchesMissing');
    if (recall.deadline < recall.issuedOn) wrong('deadline', 'recalls.errors.deadlineBefore');
    else if (recall.deadline > latestDeadline(recall.issuedOn, recall.level))
      wrong('deadline', `recalls.errors.deadlineLate.${recall.level}`);
  });
export type RecallContent = z.output<typeof RecallContent>;

export const ListRecalls = z.strictObject({
  q: z.string().max(200).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export const RecallRef = z.strictObject({ id: Id });

export const ReportBatch = z.strictObject({
  facilityId: Id,
  /** registration number, old or new, or GTIN */
  drug: line(40),
  batch: Batch,
  /** 0: it holds none any more */
  quantity: Quantity,
  unit: line(40),
  receivedOn: Day,
  /** the report that this one corrects */
  corrects: Id.nullish(),
});
export type ReportBatch = z.input<typeof ReportBatch>;
export const ReportRef = z.strictObject({ reportId: Id });

export const AnswerRecall = z.strictObject({
  recallId: Id,
  facilityId: Id,
  quarantined: Quantity,
  returned: Quantity,
  note: z.string().trim().max(1000).default(''),
});
export type AnswerRecall = z.input<typeof AnswerRecall>;
