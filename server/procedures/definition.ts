import { z } from 'zod';
import { Text } from './form/definition.ts';
import type { Schema } from './form/schema.ts';

const Condition = z.custom<Schema>(
  (value) => typeof value === 'boolean' || (typeof value === 'object' && value !== null),
  'not a schema',
);
const Key = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** The kinds of file a paper may be, by short name. */
export const paperKinds = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png' } as const;

/** One required paper (thành phần hồ sơ). */
export const PaperDefinition = z.strictObject({
  key: Key,
  title: Text,
  hint: Text.optional(),
  /** asked for only when the answers satisfy it */
  when: Condition.optional(),
  required: z.boolean().default(true),
  /** what is handed in: an original, a certified copy, or a plain scan */
  form: z.enum(['original', 'certified', 'copy']).default('copy'),
  copies: z.number().int().min(1).default(1),
  accepts: z.array(z.enum(['pdf', 'jpg', 'png'])).min(1),
  maxMegabytes: z.number().positive().max(100),
  maxFiles: z.number().int().min(1).max(50),
  legalGround: z.string().optional(),
});
export type PaperDefinition = z.infer<typeof PaperDefinition>;

const ChecklistItem = z.strictObject({ key: Key, label: Text, when: Condition.optional() });

/** A notice before an answer is overdue: when a share (percent) of its time is gone, or some working days before its last moment. */
const AnswerNotice = z.union([
  z.strictObject({ afterShare: z.number().int().min(1).max(99) }),
  z.strictObject({ daysBefore: z.number().positive() }),
]);
export type AnswerNotice = z.infer<typeof AnswerNotice>;

/** What happens as time runs: who hears of it, how often it may be extended. Versions older than a rule have its default. */
export const Deadlines = z.strictObject({
  /** supplements an officer may ask for alone; each further one needs the leader's approval */
  supplementsWithoutApproval: z.number().int().min(0).default(1),
  answerNotices: z.array(AnswerNotice).max(10).default([]),
  /** form 04: how often, and by how many working days at most */
  extension: z
    .strictObject({ times: z.number().int().min(0), maxDays: z.number().int().positive() })
    .default({ times: 1, maxDays: 10 }),
  /** share of the limit in percent, and who is told when it is used up */
  escalation: z
    .array(z.strictObject({ share: z.number().int().min(1).max(300), tell: z.enum(['official', 'head', 'leader']) }))
    .max(10)
    .default([]),
  recallMinutes: z.number().int().min(0).max(1440).default(30),
});
export type Deadlines = z.infer<typeof Deadlines>;

/** `procedure.yaml`: the law of a procedure as data. Days are working days. */
export const ProcedureDefinition = z.strictObject({
  key: Key,
  /** code in the national database of procedures */
  code: z.string(),
  title: Text,
  summary: Text,
  sector: Text,
  /** who files: a business or a person */
  applicant: z.enum(['business', 'person', 'any']),
  whoMayApply: z.array(Text).min(1),
  /** `full` toàn trình (level 4), `partial` một phần (level 3) */
  level: z.enum(['full', 'partial']),
  legalBasis: z.array(z.strictObject({ number: z.string(), title: Text })).min(1),
  limitDays: z.number().int().positive(),
  /** share of each step of the authority, in working days; the diagram says the same */
  steps: z.record(z.string(), z.number().positive()),
  supplementAnswerDays: z.number().int().positive(),
  correctionDays: z.number().int().positive(),
  deadlines: Deadlines.prefault({}),
  /** which authority: the ministry, or the health department of the province answered in this field */
  authority: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('ministry') }),
    z.strictObject({ by: z.literal('province'), field: z.string() }),
  ]),
  /** the answer dossiers are called by */
  titleField: z.string(),
  fee: z.strictObject({ decision: z.string(), by: z.string().optional() }).optional(),
  /** what of the money goes back by itself; the rest waits until an official proposes it */
  refunds: z
    .strictObject({
      withdrawnBeforeReceipt: z.boolean(),
      refusedAtReceipt: z.boolean(),
      overpaid: z.boolean(),
      paidTwice: z.boolean(),
    })
    .optional(),
  /** what the procedure ends with; `numberType` names the yearly number sequence of that kind of document */
  result: z.strictObject({
    register: z.string().optional(),
    note: Text.optional(),
    certificate: z.strictObject({ title: Text, numberType: Key }),
    refusal: z.strictObject({ title: Text, numberType: Key }),
  }),
  phases: z.array(z.strictObject({ key: Key, title: Text })).min(1),
  papers: z.array(PaperDefinition),
  /** at most ten questions: fields of the form, with words of their own where the form's need context */
  guide: z.strictObject({
    questions: z.array(z.strictObject({ field: z.string(), question: Text, when: Condition.optional() })).max(10),
    /** answers with which one may not apply, and why */
    stops: z.array(z.strictObject({ when: Condition, text: Text })).default([]),
  }),
  checklists: z.strictObject({ assess: z.array(ChecklistItem), inspect: z.array(ChecklistItem) }),
  declaration: Text,
  search: z.array(z.string()).default([]),
});
export type ProcedureDefinition = z.infer<typeof ProcedureDefinition>;
