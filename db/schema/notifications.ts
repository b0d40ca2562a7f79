import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { users } from './identity.ts';

/** A notice in the application. The text is made from `kind` and `data` in the reader's language. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text().notNull(),
    data: jsonb().$type<Record<string, string | number>>().notNull(),
    /** path inside the application */
    href: text(),
    /** the same event is never announced twice to one person */
    dedupeKey: text().notNull(),
    createdAt: createdAt(),
    readAt: instant(),
  },
  (t) => [
    index('notifications_user_idx').on(t.userId, t.createdAt),
    uniqueIndex('notifications_dedupe_key').on(t.userId, t.dedupeKey),
  ],
);

/** Mail on its way out. With no SMTP server it stays here and the demo mailbox shows it. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    kind: text().notNull(),
    /** the same notice is never mailed twice */
    dedupeKey: text().notNull(),
    to: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    /** absolute */
    link: text(),
    createdAt: createdAt(),
    /** until then one process is busy sending it and no other may */
    claimedUntil: instant(),
    sentAt: instant(),
    /** set when the receiving server refused it for good */
    failedAt: instant(),
    attempts: integer().notNull().default(0),
    lastError: text(),
  },
  (t) => [uniqueIndex('mails_dedupe_key').on(t.dedupeKey), index('mails_to_idx').on(t.to, t.createdAt)],
);
