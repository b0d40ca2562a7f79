import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { organisations } from './identity.ts';

/** An address of another system that is told of changes of registers. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: id(),
    /** the authority or business whose people set it up */
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    url: text().notNull(),
    registers: text().array().notNull(),
    /** added, changed, closed, licence */
    kinds: text().array().notNull(),
    /** the key its deliveries are signed with, encrypted under AUTH_SECRET */
    secret: text().notNull(),
    /** the key before this one, and until when deliveries bear its signature too */
    formerSecret: text(),
    formerUntil: instant(),
    /** `stopped`: by the system, since the receiver took nothing for days */
    state: text({ enum: ['active', 'paused', 'stopped', 'removed'] })
      .notNull()
      .default('active'),
    /** attempts in vain since it last took something, the first of them, and what came of the last */
    failures: integer().notNull().default(0),
    failingSince: instant(),
    lastStatus: integer(),
    lastFault: text(),
    lastAt: instant(),
    /** it rests: until a trial at this moment nothing else is sent */
    restingUntil: instant(),
    stoppedAt: instant(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('webhooks_organisation_idx').on(t.organisationId)],
);

/** One published change, as every receiver is told it. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid().primaryKey(),
    /** grows with every event: a receiver drops what is older than what it knows */
    sequence: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity({ name: 'webhook_events_sequence_seq' }),
    /** what is public, to the byte as it is signed */
    body: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('webhook_events_sequence_key').on(t.sequence)],
);

/** An event on its way to one receiver. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id),
    eventId: uuid()
      .notNull()
      .references(() => webhookEvents.id),
    state: text({ enum: ['waiting', 'delivered', 'parked'] })
      .notNull()
      .default('waiting'),
    attempts: integer().notNull().default(0),
    /** what the receiver last answered */
    lastStatus: integer(),
    /** why there was no answer: address, unanswered, redirect, refused */
    lastFault: text(),
    lastAt: instant(),
    nextAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once_key').on(t.webhookId, t.eventId),
    index('webhook_deliveries_log_idx').on(t.webhookId, t.createdAt),
    index('webhook_deliveries_open_idx').on(t.webhookId, t.nextAt).where(sql`state = 'waiting'`),
  ],
);
