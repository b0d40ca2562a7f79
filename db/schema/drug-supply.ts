import { bigint, boolean, date, index, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { facilities } from './facilities.ts';
import { registerEntries } from './registers.ts';

const drug = () =>
  uuid()
    .notNull()
    .references(() => registerEntries.id);
const facility = () =>
  uuid()
    .notNull()
    .references(() => facilities.id);
/** the first of a row and its corrections; the row recorded last holds */
const root = () => uuid().notNull();
/** grows with every row that is recorded: which one came last */
const ordinal = (name: string) => bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity({ name });

/** What search and pages read of a recall today; the register's versions are the record. */
export const drugRecalls = pgTable(
  'drug_recalls',
  {
    id: uuid()
      .primaryKey()
      .references(() => registerEntries.id),
    drugId: drug(),
    number: text().notNull(),
    /** 1 the gravest, 3 the least */
    level: smallint().notNull(),
    kind: text({ enum: ['mandatory', 'voluntary'] }).notNull(),
    reason: text().notNull(),
    /** as printed; empty: every batch */
    batches: text().array().notNull().default([]),
    /** the same as they are compared */
    batchKeys: text().array().notNull().default([]),
    issuedOn: date().notNull(),
    deadline: date().notNull(),
    sourceDecision: text(),
    /** first day on which it is over */
    endedOn: date(),
    demo: boolean().notNull().default(false),
  },
  (t) => [index('drug_recalls_drug_idx').on(t.drugId), index('drug_recalls_day_idx').on(t.issuedOn)],
);

/** Which batch of a drug a facility says it holds: rows are only added, a correction is one more. */
export const batchReports = pgTable(
  'batch_reports',
  {
    id: id(),
    ordinal: ordinal('batch_reports_ordinal_seq'),
    rootId: root(),
    facilityId: facility(),
    /** the facility's business: its people report */
    organisationId: uuid().notNull(),
    /** the health department of its province */
    authorityId: uuid(),
    drugId: drug(),
    batch: text().notNull(),
    batchKey: text().notNull(),
    /** 0: it holds none any more */
    quantity: integer().notNull(),
    /** what is counted: viên, hộp, lọ */
    unit: text().notNull(),
    receivedOn: date().notNull(),
    reportedBy: uuid().notNull(),
    recordedAt: createdAt(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    index('batch_reports_root_idx').on(t.rootId, t.ordinal),
    index('batch_reports_drug_idx').on(t.drugId, t.batchKey),
    index('batch_reports_business_idx').on(t.organisationId),
  ],
);

/** What a facility did about a recall: rows are only added, the one recorded last counts. */
export const recallAnswers = pgTable(
  'recall_answers',
  {
    id: id(),
    ordinal: ordinal('recall_answers_ordinal_seq'),
    recallId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    facilityId: facility(),
    organisationId: uuid().notNull(),
    authorityId: uuid(),
    /** set apart, not sold */
    quarantined: integer().notNull(),
    /** sent back to whoever delivered it */
    returned: integer().notNull(),
    note: text(),
    answeredBy: uuid().notNull(),
    recordedAt: createdAt(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    index('recall_answers_recall_idx').on(t.recallId, t.facilityId, t.ordinal),
    index('recall_answers_business_idx').on(t.organisationId),
  ],
);

/** What a drug's declared price is from a day on. Rows are only added: a new price, or a correction of one. */
export const declaredPrices = pgTable(
  'declared_prices',
  {
    id: id(),
    ordinal: ordinal('declared_prices_ordinal_seq'),
    rootId: root(),
    drugId: drug(),
    /** whole đồng */
    price: bigint({ mode: 'number' }).notNull(),
    unit: text().notNull(),
    effectiveFrom: date().notNull(),
    /** the company that declared it */
    declaredBy: text().notNull(),
    announcedOn: date().notNull(),
    recordedBy: uuid(),
    recordedAt: createdAt(),
    demo: boolean().notNull().default(false),
  },
  (t) => [index('declared_prices_drug_idx').on(t.drugId, t.effectiveFrom)],
);

/** One test of a sample, as its certificate says. */
export interface TestLine {
  name: string;
  requirement?: string;
  result?: string;
  passed: boolean;
}

/** A sample of a drug that a laboratory examined. Rows are only added: a correction is one more. */
export const qualityTests = pgTable(
  'quality_tests',
  {
    id: id(),
    ordinal: ordinal('quality_tests_ordinal_seq'),
    rootId: root(),
    drugId: drug(),
    batch: text().notNull(),
    batchKey: text().notNull(),
    sampleNumber: text().notNull(),
    takenOn: date().notNull(),
    /** where it was taken: a facility of the register, or in words */
    facilityId: uuid().references(() => facilities.id),
    takenAt: text().notNull(),
    laboratory: text().notNull(),
    method: text().notNull(),
    /** DĐVN V, BP, USP, in-house … */
    standard: text().notNull(),
    lines: jsonb().$type<TestLine[]>().notNull(),
    passed: boolean().notNull(),
    certificateNumber: text().notNull(),
    certificateOn: date().notNull(),
    /** everybody may see it: it failed, or corrects one that had */
    open: boolean().notNull(),
    recordedBy: uuid(),
    recordedAt: createdAt(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    index('quality_tests_drug_idx').on(t.drugId, t.batchKey),
    index('quality_tests_root_idx').on(t.rootId, t.ordinal),
  ],
);
