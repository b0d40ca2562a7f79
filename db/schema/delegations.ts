import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { organisations, users } from './identity.ts';

/** An absent official's tasks may be done by a colleague with the same role, from one day to another, both included. */
export const delegations = pgTable(
  'delegations',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    fromUserId: uuid()
      .notNull()
      .references(() => users.id),
    toUserId: uuid()
      .notNull()
      .references(() => users.id),
    fromOn: date().notNull(),
    toOn: date().notNull(),
    reason: text().notNull(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    endedAt: instant(),
  },
  (t) => [index('delegations_to_idx').on(t.toUserId, t.toOn), index('delegations_from_idx').on(t.fromUserId, t.toOn)],
);
