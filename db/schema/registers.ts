import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { importStates } from '../enums/import-states.ts';
import { createdAt, id, instant } from './columns.ts';

/** One thing in one register: facility, drug, device. What it is, its versions say. */
export const registerEntries = pgTable(
  'register_entries',
  {
    id: id(),
    register: text().notNull(),
    /** the authority that keeps it; who may change it follows from here */
    organisationId: uuid(),
    /** null: kept for the whole country */
    provinceCode: text(),
    /** first day on which it is no more */
    closedOn: date(),
    /** the entry it turned out to be the same as: links lead there */
    mergedInto: uuid(),
    demo: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('register_entries_keeper_idx').on(t.register, t.organisationId, t.provinceCode),
    index('register_entries_merged_idx').on(t.mergedInto),
  ],
);

/**
 * What was said of an entry, and when. Rows are only added: of any day in the world the row recorded last holds, so that a
 * correction erases nothing. "As of" two times: recorded until then, valid on that day.
 */
export const registerVersions = pgTable(
  'register_versions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'register_versions_id_seq' }),
    entryId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    /** registered, changed, corrected, closed, reopened, imported, importUndone, merged */
    action: text().notNull(),
    validFrom: date().notNull(),
    /** first day for which it says nothing; null: from then on */
    validTo: date(),
    recordedAt: createdAt(),
    /** who, as text that stays true: person:<id> or system:<name> */
    recordedBy: text().notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    closed: boolean().notNull().default(false),
    decisionNumber: text(),
    /** the signed document, where it was signed here */
    documentId: uuid(),
    changeRequestId: uuid(),
    importId: uuid(),
  },
  (t) => [
    index('register_versions_entry_idx').on(t.entryId, t.id),
    index('register_versions_import_idx').on(t.importId).where(sql`import_id is not null`),
  ],
);

/**
 * What of an entry may show that it is there twice: made from what holds today, as the register says. Entries that share one
 * are looked at side by side.
 */
export const registerTraces = pgTable(
  'register_traces',
  {
    entryId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    register: text().notNull(),
    /** why two entries that share it look alike: end of the message key `registers.alike.*` */
    reason: text().notNull(),
    trace: text().notNull(),
  },
  (t) => [
    primaryKey({ name: 'register_traces_pk', columns: [t.entryId, t.reason, t.trace] }),
    index('register_traces_trace_idx').on(t.register, t.trace),
  ],
);

/** What an entry is told by: numbers and codes, each with its issuer. No two living entries share one. */
export const registerKeys = pgTable(
  'register_keys',
  {
    register: text().notNull(),
    /** kind and value without separators, e.g. `registration:VD487814` */
    key: text().notNull(),
    entryId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    /** false: the entry is closed or merged */
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'register_keys_pk', columns: [t.register, t.key, t.entryId] }),
    uniqueIndex('register_keys_active_key').on(t.register, t.key).where(sql`active`),
    index('register_keys_entry_idx').on(t.entryId),
  ],
);

/** What one person asks to be changed and another approves. */
export const changeRequests = pgTable(
  'change_requests',
  {
    id: id(),
    /** YC-2026-000001 */
    number: text().notNull(),
    register: text().notNull(),
    /** null: a new entry */
    entryId: uuid().references(() => registerEntries.id),
    /** of the entry when it was proposed: it may have changed since */
    baseVersion: integer(),
    organisationId: uuid().notNull(),
    provinceCode: text(),
    kind: text({ enum: ['add', 'change', 'correct', 'close', 'reopen', 'merge'] }).notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    /** merge: the entry that stays */
    mergeInto: uuid(),
    validFrom: date().notNull(),
    validTo: date(),
    reason: text().notNull(),
    decisionNumber: text(),
    suggestionId: uuid(),
    state: text({ enum: ['proposed', 'approved', 'rejected', 'withdrawn'] })
      .notNull()
      .default('proposed'),
    proposedBy: uuid().notNull(),
    proposedAt: createdAt(),
    decidedBy: uuid(),
    decidedAt: instant(),
    decisionNote: text(),
  },
  (t) => [
    uniqueIndex('change_requests_number_key').on(t.number),
    index('change_requests_open_idx').on(t.organisationId, t.state, t.proposedAt),
    index('change_requests_entry_idx').on(t.entryId),
  ],
);

/** What somebody from the public says is wrong with an entry. */
export const correctionSuggestions = pgTable(
  'correction_suggestions',
  {
    id: id(),
    /** GY-2026-000001 */
    number: text().notNull(),
    /** with the number, shows what became of it */
    secret: text().notNull(),
    register: text().notNull(),
    entryId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    organisationId: uuid().notNull(),
    provinceCode: text(),
    /** the field it is about; null: something else */
    field: text(),
    words: text().notNull(),
    /** where an answer may be sent; optional */
    email: text(),
    state: text({ enum: ['received', 'accepted', 'declined'] })
      .notNull()
      .default('received'),
    answer: text(),
    answeredBy: uuid(),
    answeredAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('correction_suggestions_number_key').on(t.number),
    index('correction_suggestions_open_idx').on(t.organisationId, t.state, t.createdAt),
  ],
);

/** A file that is to be taken into a register: looked at first, written only when confirmed, undoable. */
export const registerImports = pgTable(
  'register_imports',
  {
    id: id(),
    register: text().notNull(),
    organisationId: uuid().notNull(),
    provinceCode: text(),
    fileId: uuid().notNull(),
    fileName: text().notNull(),
    /** of a workbook: its sheets that are shown, and which of them is read, from 0 */
    sheets: jsonb().$type<string[]>().notNull().default([]),
    sheet: integer().notNull().default(0),
    /** the line the headings stand in: what is above is a title; null: the first that has any cell */
    headingLine: integer(),
    /** the sheet's headings, in order */
    headings: jsonb().$type<string[]>().notNull().default([]),
    /** field name → ordinal of the heading, from 0 */
    mapping: jsonb().$type<Record<string, number>>(),
    validFrom: date().notNull(),
    decisionNumber: text(),
    state: text({ enum: importStates }).notNull().default('uploaded'),
    /** rows done of the present step */
    done: integer().notNull().default(0),
    total: integer(),
    /** outcome → rows */
    counts: jsonb().$type<Record<string, number>>().notNull().default({}),
    fault: text(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    /** who asked for the step that waits or was taken last, writing or undoing, and why */
    proposedBy: uuid(),
    proposedAt: instant(),
    reason: text(),
    /** another person, who approved it or said why not */
    decidedBy: uuid(),
    decidedAt: instant(),
    decisionNote: text(),
    writtenAt: instant(),
    undoneAt: instant(),
  },
  (t) => [index('register_imports_list_idx').on(t.organisationId, t.register, t.createdAt)],
);

export const registerImportRows = pgTable(
  'register_import_rows',
  {
    importId: uuid()
      .notNull()
      .references(() => registerImports.id),
    /** line of the sheet, the heading is 1 */
    line: integer().notNull(),
    outcome: text({ enum: ['new', 'changed', 'same', 'bad', 'duplicate', 'review'] }).notNull(),
    /** of a row that is bad or waits for a person, what the sheet says, by field, as text */
    texts: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** what a new or changed entry would say */
    content: jsonb().$type<Record<string, unknown>>(),
    title: text().notNull().default(''),
    /** the entry it is about, or the one it resembles */
    entryId: uuid(),
    entryVersion: integer(),
    /** the fields that change, each as text before and after */
    changes: jsonb().$type<{ name: string; before: string; after: string }[]>().notNull().default([]),
    /** what is wrong, by field; of a likely duplicate why it looks like one */
    errors: jsonb()
      .$type<{ path: string; reason: string; values?: Record<string, string | number> }[]>()
      .notNull()
      .default([]),
    /** what the operator decided of a likely duplicate */
    decision: text({ enum: ['skip', 'add', 'update'] }),
    writtenVersionId: bigint({ mode: 'number' }),
    undoneVersionId: bigint({ mode: 'number' }),
    /** why it was not written, or not undone, when its turn came */
    leftBecause: jsonb().$type<{ reason: string; values?: Record<string, string | number> }>(),
  },
  (t) => [
    primaryKey({ name: 'register_import_rows_pk', columns: [t.importId, t.line] }),
    index('register_import_rows_outcome_idx').on(t.importId, t.outcome, t.line),
  ],
);

/** How the headings of an authority's sheets are read: the operator maps them once. */
export const registerMappings = pgTable(
  'register_mappings',
  {
    register: text().notNull(),
    organisationId: uuid().notNull(),
    /** SHA-256 of the headings, in order */
    headingsDigest: text().notNull(),
    mapping: jsonb().$type<Record<string, number>>().notNull(),
    updatedAt: createdAt(),
  },
  (t) => [primaryKey({ name: 'register_mappings_pk', columns: [t.register, t.organisationId, t.headingsDigest] })],
);

/** A file made of a register by the worker. */
export const registerExports = pgTable(
  'register_exports',
  {
    id: id(),
    register: text().notNull(),
    format: text({ enum: ['csv', 'xlsx', 'json', 'geojson'] }).notNull(),
    /** the filters of the page it was asked for on */
    criteria: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** the day it speaks of; null: the day it was asked for */
    validOn: date(),
    locale: text({ enum: ['vi', 'en'] })
      .notNull()
      .default('vi'),
    /** the fields that are not public are in it too */
    wholeContent: boolean().notNull().default(false),
    state: text({ enum: ['waiting', 'writing', 'ready', 'failed', 'cancelled'] })
      .notNull()
      .default('waiting'),
    done: integer().notNull().default(0),
    total: integer(),
    fileId: uuid(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    readyAt: instant(),
    /** from then on nobody gets it, and a job takes its bytes away */
    expiresAt: instant(),
  },
  (t) => [index('register_exports_own_idx').on(t.createdBy, t.createdAt)],
);

/** Two entries that may be one. A person decides. */
export const registerDuplicates = pgTable(
  'register_duplicates',
  {
    /** the smaller id, so that a pair is there once */
    firstId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    secondId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    register: text().notNull(),
    organisationId: uuid(),
    /** 0 to 1 */
    likeness: doublePrecision().notNull(),
    /** why they look alike: ends of the message keys `registers.alike.*` */
    reasons: jsonb().$type<string[]>().notNull(),
    state: text({ enum: ['open', 'different', 'merged'] })
      .notNull()
      .default('open'),
    decidedBy: uuid(),
    decidedAt: instant(),
    /** why they are not the same */
    note: text(),
    foundAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'register_duplicates_pk', columns: [t.firstId, t.secondId] }),
    index('register_duplicates_open_idx').on(t.register, t.state, t.likeness),
  ],
);
