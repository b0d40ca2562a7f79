import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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

/** Every genuine call of a provider, kept whatever became of it. */
export const paymentCallbacks = pgTable(
  'payment_callbacks',
  {
    id: id(),
    provider: text().notNull(),
    eventId: text().notNull(),
    intentId: uuid().references(() => paymentIntents.id),
    amount: bigint({ mode: 'number' }).notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    /** `repeated`: a further transfer for a sum already paid; `late`: for one no longer owed. Both await a refund */
    outcome: text({ enum: ['settled', 'repeated', 'unknown-reference', 'wrong-amount', 'late'] }).notNull(),
    receivedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('payment_callbacks_event_key').on(t.provider, t.eventId),
    index('payment_callbacks_intent_idx').on(t.intentId),
  ],
);
