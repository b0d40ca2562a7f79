import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { organisations, users } from './identity.ts';
import { files } from './platform.ts';

/** Where a sum is to be paid to, as the payer reads it. */
export interface PayeeAccount {
  /** six digits by which the interbank network knows the bank */
  bankBin: string;
  bankName: string;
  accountNumber: string;
  accountName: string;
}

/** The bank account on which an authority collects its fees. */
export const paymentAccounts = pgTable('payment_accounts', {
  organisationId: uuid()
    .primaryKey()
    .references(() => organisations.id),
  bankBin: text().notNull(),
  bankName: text().notNull(),
  accountNumber: text().notNull(),
  accountName: text().notNull(),
  updatedAt: instant().notNull(),
});

/** One sum that is owed for one subject. Money is whole đồng. */
export const paymentIntents = pgTable(
  'payment_intents',
  {
    id: id(),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    /** what people call the subject, e.g. the dossier's code: printed on the receipt */
    subjectCode: text(),
    purpose: text().notNull(),
    payerName: text().notNull(),
    payerUserId: uuid().references(() => users.id),
    /** the business that pays; null: the person */
    payerOrganisationId: uuid().references(() => organisations.id),
    payeeOrganisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** as it stood when the sum fell due, so that a code once shown stays right */
    payeeAccount: jsonb().$type<PayeeAccount>().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    idempotencyKey: text().notNull(),
    /** what stands in the transfer's text and names the intent at the bank: letters and digits only */
    reference: text().notNull(),
    provider: text().notNull(),
    status: text({ enum: ['pending', 'settled', 'refunded', 'cancelled'] }).notNull(),
    providerReference: text(),
    settledAt: instant(),
    receiptNumber: integer(),
    receiptYear: integer(),
    receiptFileId: uuid().references(() => files.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('payment_intents_idempotency_key').on(t.idempotencyKey),
    uniqueIndex('payment_intents_reference_key').on(t.reference),
    uniqueIndex('payment_intents_receipt_key').on(t.payeeOrganisationId, t.receiptYear, t.receiptNumber),
    index('payment_intents_subject_idx').on(t.subjectType, t.subjectId),
    index('payment_intents_payer_idx').on(t.payerUserId),
    index('payment_intents_payer_organisation_idx').on(t.payerOrganisationId),
    index('payment_intents_receipt_file_idx').on(t.receiptFileId),
    check('payment_intents_amount_check', sql`${t.amount} > 0`),
  ],
);

/** Every genuine word of a provider about one transfer, kept whatever became of it. */
export const paymentCallbacks = pgTable(
  'payment_callbacks',
  {
    id: id(),
    provider: text().notNull(),
    eventId: text().notNull(),
    /** the bank's name of the transfer: told of twice, under whatever event, it counts once */
    bankReference: text(),
    intentId: uuid().references(() => paymentIntents.id),
    /** the authority on whose account it arrived; null: nobody's we know */
    payeeOrganisationId: uuid().references(() => organisations.id),
    amount: bigint({ mode: 'number' }).notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    /** `repeated`: a further transfer for a sum already paid; `late`: for one no longer owed; `overpaid` pays and leaves a rest */
    outcome: text({ enum: ['settled', 'overpaid', 'repeated', 'underpaid', 'late', 'unknown-reference'] }).notNull(),
    receivedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('payment_callbacks_event_key').on(t.provider, t.eventId),
    uniqueIndex('payment_callbacks_bank_reference_key').on(t.provider, t.bankReference),
    index('payment_callbacks_intent_idx').on(t.intentId),
    index('payment_callbacks_payee_idx').on(t.payeeOrganisationId, t.receivedAt),
  ],
);

/** Money to go back: proposed, decided by somebody else, sent through the bank. */
export const paymentRefunds = pgTable(
  'payment_refunds',
  {
    id: id(),
    /** the transfer it goes back from: the bank returns it to whoever made that */
    callbackId: uuid()
      .notNull()
      .references(() => paymentCallbacks.id),
    intentId: uuid().references(() => paymentIntents.id),
    /** the authority that pays it back */
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    amount: bigint({ mode: 'number' }).notNull(),
    ground: text({
      enum: ['withdrawn', 'refusedAtReceipt', 'overpaid', 'paidTwice', 'late', 'underpaid', 'unassigned', 'official'],
    }).notNull(),
    /** what the proposing official wrote; internal */
    reason: text(),
    state: text({ enum: ['proposed', 'approved', 'declined', 'sent', 'failed'] })
      .notNull()
      .default('proposed'),
    /** null: proposed by the procedure's rule */
    proposedBy: uuid(),
    proposedAt: createdAt(),
    decidedBy: uuid(),
    decidedAt: instant(),
    decisionNote: text(),
    sentAt: instant(),
    /** the bank's name of the transfer back */
    bankReference: text(),
    /** why the bank did not take it, as a message key */
    failure: text(),
  },
  (t) => [
    uniqueIndex('payment_refunds_ground_key')
      .on(t.callbackId, t.ground)
      .where(sql`${t.state} <> 'declined' and ${t.ground} <> 'official'`),
    uniqueIndex('payment_refunds_bank_reference_key').on(t.organisationId, t.bankReference),
    index('payment_refunds_intent_idx').on(t.intentId),
    index('payment_refunds_work_idx').on(t.organisationId, t.state, t.proposedAt),
    check('payment_refunds_amount_check', sql`${t.amount} > 0`),
    check('payment_refunds_decided_check', sql`(${t.decidedAt} is null) = (${t.state} = 'proposed')`),
    check('payment_refunds_sent_check', sql`(${t.state} = 'sent') = (${t.sentAt} is not null)`),
  ],
);

/** One line of a bank's statement, once, however often the statement is read. */
export const bankStatementLines = pgTable(
  'bank_statement_lines',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    accountNumber: text().notNull(),
    /** the bank's day */
    day: date().notNull(),
    bankReference: text().notNull(),
    direction: text({ enum: ['in', 'out'] }).notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    content: text().notNull(),
    readAt: createdAt(),
  },
  (t) => [
    uniqueIndex('bank_statement_lines_key').on(t.accountNumber, t.bankReference, t.direction),
    index('bank_statement_lines_day_idx').on(t.organisationId, t.day),
  ],
);

/**
 * What a later statement says differently of a line that is known: the line stays as it was first read until a person says
 * which of the two holds.
 */
export const bankStatementChanges = pgTable(
  'bank_statement_changes',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    lineId: uuid()
      .notNull()
      .references(() => bankStatementLines.id),
    /** the change that held when it came; null: the line as it was first read */
    beforeId: uuid(),
    day: date().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    content: text().notNull(),
    readAt: createdAt(),
    /** since when it holds, as a person said; null again once they said so of another */
    acceptedAt: instant(),
  },
  (t) => [
    uniqueIndex('bank_statement_changes_key').on(
      t.lineId,
      sql`coalesce(${t.beforeId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      t.day,
      t.amount,
      t.content,
    ),
    index('bank_statement_changes_organisation_idx').on(t.organisationId),
  ],
);

/** A day's comparison of an authority's books with its bank; a repeated run brings the row up to date. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    day: date().notNull(),
    source: text({ enum: ['bank', 'upload'] }).notNull(),
    lines: integer().notNull(),
    matched: integer().notNull(),
    ranAt: instant().notNull(),
  },
  (t) => [uniqueIndex('reconciliations_day_key').on(t.organisationId, t.day)],
);

/** Where books and bank differ: each is settled by a person with a note, none disappears. */
export const reconciliationMismatches = pgTable(
  'reconciliation_mismatches',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    day: date().notNull(),
    kind: text({
      enum: [
        'notInBooks',
        'notAtBank',
        'amountDiffers',
        'unassigned',
        'refundNotAtBank',
        'debitNotInBooks',
        'statementChanged',
      ],
    }).notNull(),
    bankReference: text().notNull(),
    bankAmount: bigint({ mode: 'number' }),
    bookAmount: bigint({ mode: 'number' }),
    /** text of the transfer, where the bank gave one */
    content: text(),
    callbackId: uuid().references(() => paymentCallbacks.id),
    refundId: uuid().references(() => paymentRefunds.id),
    lineId: uuid().references(() => bankStatementLines.id),
    /** what the bank says now, where it said otherwise before */
    changeId: uuid(),
    foundAt: createdAt(),
    resolution: text({ enum: ['booked', 'refund', 'restated', 'explained'] }),
    note: text(),
    resolvedBy: uuid(),
    resolvedAt: instant(),
  },
  (t) => [
    foreignKey({
      name: 'reconciliation_mismatches_change_fk',
      columns: [t.changeId],
      foreignColumns: [bankStatementChanges.id],
    }),
    // a difference of other sums, or of another word of the bank, is another difference
    uniqueIndex('reconciliation_mismatches_once').on(
      t.organisationId,
      t.kind,
      t.bankReference,
      sql`coalesce(${t.bankAmount}, -1)`,
      sql`coalesce(${t.bookAmount}, -1)`,
      sql`coalesce(${t.changeId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
    ),
    index('reconciliation_mismatches_day_idx').on(t.organisationId, t.day),
    check(
      'reconciliation_mismatches_resolved_check',
      sql`(${t.resolvedAt} is null) = (${t.resolution} is null) and (${t.resolvedAt} is null or length(${t.note}) > 0)`,
    ),
  ],
);

/** The demo bank's own books: what a real bank would hold outside. */
export const demoBankTransfers = pgTable(
  'demo_bank_transfers',
  {
    id: id(),
    accountNumber: text().notNull(),
    direction: text({ enum: ['in', 'out'] }).notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    content: text().notNull(),
    bankReference: text().notNull(),
    /** what the order was called that asked for it: asked again, it is made once */
    orderId: uuid(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('demo_bank_transfers_reference_key').on(t.bankReference),
    uniqueIndex('demo_bank_transfers_order_key').on(t.orderId),
    index('demo_bank_transfers_account_idx').on(t.accountNumber, t.at),
  ],
);
