import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { units, users } from './identity.ts';

/** A narrowed queue somebody keeps under a name; `unitId`: colleagues of that unit see it too. */
export const queueViews = pgTable(
  'queue_views',
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    unitId: uuid().references(() => units.id),
    name: text().notNull(),
    scope: text({ enum: ['mine', 'unit', 'late'] }).notNull(),
    filters: jsonb().$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('queue_views_name_key').on(t.ownerId, t.name),
    index('queue_views_unit_idx').on(t.unitId).where(sql`${t.unitId} is not null`),
  ],
);
