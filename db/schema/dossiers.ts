import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { organisations, users } from './identity.ts';
import { files } from './platform.ts';

export type Answers = Record<string, unknown>;

/** One application for one procedure. `state` is the national portal's number (0 draft, 1 to 10) and follows from the process. */
export const dossiers = pgTable(
  'dossiers',
  {
    id: id(),
    procedureKey: text().notNull(),
    procedureVersionId: uuid().notNull(),
    applicantUserId: uuid()
      .notNull()
      .references(() => users.id),
    /** the business it is filed for; null: for the person */
    organisationId: uuid().references(() => organisations.id),
    /** the authority it goes to; follows from procedure and place, fixed at filing */
    authorityId: uuid().references(() => organisations.id),
    state: smallint().notNull().default(0),
    answers: jsonb().$type<Answers>().notNull().default({}),
    /** pages the applicant has been through, so that an optional page counts as seen */
    pagesSeen: text().array().notNull().default([]),
    version: integer().notNull().default(1),
    savedAt: instant(),
    /** what people call it, e.g. the facility's name; set at filing */
    title: text(),
    searchText: text(),
    code: text(),
    trackingSecret: text(),
    submissionKey: text(),
    /** the licence it asks to renew; null: it asks for a first one */
    renewsLicenceId: uuid(),
    /** sha-256 of what was filed under that key, as the applicant's page said; null when it said nothing */
    submissionDigest: text(),
    instanceId: uuid(),
    feeAmount: bigint({ mode: 'number' }),
    filedAt: instant(),
    receivedAt: instant(),
    /** deadline of the whole dossier; recomputed from clock events whenever one is added */
    dueAt: instant(),
    closedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('dossiers_code_key').on(t.code),
    uniqueIndex('dossiers_submission_key').on(t.applicantUserId, t.submissionKey),
    index('dossiers_applicant_idx').on(t.applicantUserId),
    index('dossiers_organisation_idx').on(t.organisationId),
    index('dossiers_renews_idx').on(t.renewsLicenceId),
    index('dossiers_authority_idx').on(t.authorityId, t.state, t.dueAt),
    index('dossiers_open_idx').on(t.authorityId).where(sql`${t.closedAt} is null and ${t.state} > 0`),
    index('dossiers_search_text_trgm').using('gin', sql`${t.searchText} gin_trgm_ops`),
    check('dossiers_state_check', sql`${t.state} between 0 and 10`),
    check('dossiers_filed_check', sql`(${t.state} = 0) = (${t.code} is null)`),
  ],
);

/** Papers handed in. A replaced paper stays with `replacedAt`. */
export const dossierPapers = pgTable(
  'dossier_papers',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    paperKey: text().notNull(),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
    /** digest of the content, noted when it was handed in: what the dossier holds, whatever becomes of its source */
    sha256: text(),
    addedBy: uuid().notNull(),
    addedAt: createdAt(),
    /** set while it belongs to an answer that is not yet sent: officials do not see it */
    pendingRequestId: uuid(),
    replacedAt: instant(),
    /** the request whose answer replaced it: shown in the diff */
    replacedByRequestId: uuid(),
  },
  (t) => [
    index('dossier_papers_dossier_idx').on(t.dossierId, t.paperKey),
    index('dossier_papers_file_idx').on(t.fileId),
  ],
);

/** The one timeline: rows are only added. `kind` names the message; `data` its values. */
export const dossierEvents = pgTable(
  'dossier_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'dossier_events_id_seq' }),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    at: instant().notNull(),
    kind: text().notNull(),
    actorUserId: uuid(),
    /** `office`: internal, the applicant never sees it */
    visibility: text({ enum: ['all', 'office'] }).notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    fileId: uuid().references(() => files.id),
    documentId: uuid(),
  },
  (t) => [index('dossier_events_dossier_idx').on(t.dossierId, t.id)],
);

/** Facts of the legal clock: rows are only added, so no deadline can be reset. */
export const clockEvents = pgTable(
  'clock_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'clock_events_id_seq' }),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    kind: text({ enum: ['start', 'stop', 'resume', 'extend', 'recompute', 'finish'] }).notNull(),
    at: instant().notNull(),
    authorId: uuid(),
    /** the slip or document that is the ground for it */
    slipId: uuid(),
    reason: text().notNull(),
    calendarVersion: text().notNull(),
    /** working days, on `start` (the limit) and `extend` */
    days: integer(),
    /** the deadline as it stood once this fact was known: earlier values stay readable */
    dueAt: instant(),
  },
  (t) => [index('clock_events_dossier_idx').on(t.dossierId, t.id)],
);

/** Slips 01 to 06 of Circular 01/2018/TT-VPCP. */
export const slips = pgTable(
  'slips',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    form: text({ enum: ['01', '02', '03', '04', '05', '06'] }).notNull(),
    number: integer().notNull(),
    authorityId: uuid().notNull(),
    year: integer().notNull(),
    /** everything printed on it, so that a re-render is byte-identical */
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    fileId: uuid().references(() => files.id),
    requestId: uuid(),
    issuedBy: uuid(),
    issuedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('slips_number_key').on(t.authorityId, t.year, t.form, t.number),
    index('slips_dossier_idx').on(t.dossierId),
    index('slips_file_idx').on(t.fileId),
  ],
);

export interface RequestItem {
  /** a field's path or a paper's key */
  target: string;
  kind: 'field' | 'paper' | 'finding';
  note: string;
  legalGround?: string;
}

/** What the applicant was asked: a supplement (slip 02) or the correction of inspection findings. */
export const applicantRequests = pgTable(
  'applicant_requests',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    kind: text({ enum: ['supplement', 'correction'] }).notNull(),
    ordinal: integer().notNull(),
    items: jsonb().$type<RequestItem[]>().notNull(),
    answerDueAt: instant().notNull(),
    requestedBy: uuid().notNull(),
    requestedAt: instant().notNull(),
    /** answers changed so far, not visible to officials until sent */
    draft: jsonb().$type<Answers>().notNull().default({}),
    /** what was done about each finding, by target */
    replies: jsonb().$type<Record<string, string>>().notNull().default({}),
    version: integer().notNull().default(1),
    answeredBy: uuid(),
    answeredAt: instant(),
    answersBefore: jsonb().$type<Answers>(),
    answersAfter: jsonb().$type<Answers>(),
    lapsedAt: instant(),
  },
  (t) => [uniqueIndex('applicant_requests_ordinal_key').on(t.dossierId, t.kind, t.ordinal)],
);

export interface ProposalContent {
  /** `supplement`: what the applicant is to be asked */
  items?: RequestItem[];
  /** `extension`: working days to add */
  days?: number;
}

/** What an official proposes and only the authority's leader may decide: a further supplement, or a later appointment. */
export const proposals = pgTable(
  'proposals',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    kind: text({ enum: ['supplement', 'extension'] }).notNull(),
    content: jsonb().$type<ProposalContent>().notNull(),
    reason: text().notNull(),
    proposedBy: uuid().notNull(),
    proposedAt: instant().notNull(),
    /** `void`: the dossier moved on before anybody decided */
    outcome: text({ enum: ['approved', 'refused', 'void'] }),
    decidedBy: uuid(),
    decidedAt: instant(),
    decisionReason: text(),
  },
  (t) => [
    index('proposals_dossier_idx').on(t.dossierId),
    uniqueIndex('proposals_open_key').on(t.dossierId, t.kind).where(sql`${t.outcome} is null`),
  ],
);

export interface ChecklistEntry {
  key: string;
  label: string;
  outcome: 'met' | 'unmet' | 'notApplicable';
  note?: string;
}

export const assessments = pgTable(
  'assessments',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    checklist: jsonb().$type<ChecklistEntry[]>().notNull(),
    opinion: text().notNull(),
    outcome: text({ enum: ['inspect', 'supplement', 'reject'] }).notNull(),
    /** items of an earlier request that were answered and not asked again: from here on closed */
    acceptedItems: jsonb().$type<Pick<RequestItem, 'kind' | 'target'>[]>().notNull().default([]),
    assessedBy: uuid().notNull(),
    assessedAt: instant().notNull(),
    /** the move was taken back by whoever made it */
    recalledAt: instant(),
  },
  (t) => [index('assessments_dossier_idx').on(t.dossierId)],
);

export interface TeamMember {
  userId?: string;
  name: string;
  role: 'lead' | 'member' | 'secretary';
}

/** One visit to the premises: first the plan, then the minutes. */
export const inspections = pgTable(
  'inspections',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    round: integer().notNull(),
    team: jsonb().$type<TeamMember[]>().notNull(),
    scheduledOn: date().notNull(),
    place: text().notNull(),
    plannedBy: uuid().notNull(),
    checklist: jsonb().$type<ChecklistEntry[]>(),
    presentParty: text(),
    findings: jsonb().$type<{ key: string; text: string }[]>(),
    conclusion: text(),
    outcome: text({ enum: ['pass', 'correct', 'fail'] }),
    recordedBy: uuid(),
    recordedAt: instant(),
    minutesFileId: uuid().references(() => files.id),
  },
  (t) => [
    uniqueIndex('inspections_round_key').on(t.dossierId, t.round),
    index('inspections_minutes_idx').on(t.minutesFileId),
  ],
);

export const inspectionPhotos = pgTable(
  'inspection_photos',
  {
    id: id(),
    inspectionId: uuid()
      .notNull()
      .references(() => inspections.id),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
    caption: text(),
    addedBy: uuid().notNull(),
    addedAt: createdAt(),
  },
  (t) => [
    index('inspection_photos_inspection_idx').on(t.inspectionId),
    index('inspection_photos_file_idx').on(t.fileId),
  ],
);

/** The signed outcome. More than one row where a draft was returned and written anew: the last one counts. */
export const dossierResults = pgTable(
  'dossier_results',
  {
    id: id(),
    dossierId: uuid()
      .notNull()
      .references(() => dossiers.id),
    kind: text({ enum: ['certificate', 'refusal'] }).notNull(),
    documentId: uuid().notNull(),
    draftedBy: uuid().notNull(),
    /** the absent colleague it was drafted for */
    draftedFor: uuid(),
    /** last day of a certificate's validity; null: unlimited */
    validTo: date(),
    createdAt: createdAt(),
    deliveredAt: instant(),
    collectedAt: instant(),
    withdrawn: boolean().notNull().default(false),
  },
  (t) => [
    index('dossier_results_dossier_idx').on(t.dossierId),
    uniqueIndex('dossier_results_document_key').on(t.documentId),
  ],
);

/** Once a dossier, on the scale of Circular 01/2018/TT-VPCP, chapter III. */
export const ratings = pgTable('ratings', {
  dossierId: uuid()
    .primaryKey()
    .references(() => dossiers.id),
  authorityId: uuid().notNull(),
  score: text({ enum: ['very-satisfied', 'satisfied', 'not-satisfied'] }).notNull(),
  criteria: jsonb().$type<Record<string, number>>().notNull().default({}),
  comment: text(),
  ratedBy: uuid().notNull(),
  ratedAt: instant().notNull(),
});

/** Form 06: the log of an authority's dossiers over a range of days, as it was printed. */
export const trackingLogs = pgTable(
  'tracking_logs',
  {
    id: id(),
    authorityId: uuid().notNull(),
    number: integer().notNull(),
    year: integer().notNull(),
    fromOn: date().notNull(),
    toOn: date().notNull(),
    /** everything printed on it, so that a re-render is byte-identical */
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
    issuedBy: uuid().notNull(),
    issuedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('tracking_logs_number_key').on(t.authorityId, t.year, t.number),
    index('tracking_logs_file_idx').on(t.fileId),
  ],
);
