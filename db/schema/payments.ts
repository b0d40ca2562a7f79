import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { files } from './platform.ts';

/** One sum that is owed for one subject. Money is whole đồng. */
export const paymentIntents = pgTable(
  'payment_intents',
  {
    id: id(),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    purpose: text().notNull(),
    payerName: text().notNull(),
    payeeOrganisationId: uuid().notNull(),
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
  ],
);

/** Every call of a provider, kept whatever became of it. */
export const paymentCallbacks = pgTable(
  'payment_callbacks',
  {
    id: id(),
    provider: text().notNull(),
    eventId: text().notNull(),
    intentId: uuid().references(() => paymentIntents.id),
    amount: bigint({ mode: 'number' }).notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    outcome: text({ enum: ['settled', 'repeated', 'unknown-reference', 'wrong-amount', 'late'] }).notNull(),
    receivedAt: createdAt(),
  },
  (t) => [uniqueIndex('payment_callbacks_event_key').on(t.provider, t.eventId)],
);
