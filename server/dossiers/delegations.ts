import { and, desc, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { delegations } from '#db/schema/delegations.ts';

export type Delegation = typeof delegations.$inferSelect;

/** In force on a day (`yyyy-mm-dd`). */
const inForce = (on: string): SQL =>
  and(lte(delegations.fromOn, on), gte(delegations.toOn, on), isNull(delegations.endedAt))!;

/** The absent colleagues somebody stands in for on a day, by authority. */
export const standsInFor = (
  db: Reader,
  userId: string,
  on: string,
): Promise<{ userId: string; organisationId: string }[]> =>
  db
    .select({ userId: delegations.fromUserId, organisationId: delegations.organisationId })
    .from(delegations)
    .where(and(eq(delegations.toUserId, userId), inForce(on)));

/** Who stands in for any of these people on a day. */
export async function standInsOf(db: Reader, userIds: readonly string[], on: string): Promise<string[]> {
  if (userIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ userId: delegations.toUserId })
    .from(delegations)
    .where(and(inArray(delegations.fromUserId, [...userIds]), inForce(on)));
  return rows.map((row) => row.userId);
}

/** What somebody gave and was given, newest first. */
export const delegationsOf = (db: Reader, userId: string): Promise<Delegation[]> =>
  db
    .select()
    .from(delegations)
    .where(or(eq(delegations.fromUserId, userId), eq(delegations.toUserId, userId)))
    .orderBy(desc(delegations.fromOn), desc(delegations.createdAt))
    .limit(50);
