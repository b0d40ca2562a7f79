import { and, desc, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { delegations } from '#db/schema/delegations.ts';

export type Delegation = typeof delegations.$inferSelect;

/** In force on a day (`yyyy-mm-dd`). */
const inForce = (on: string): SQL =>
  and(lte(delegations.fromOn, on), gte(delegations.toOn, on), isNull(delegations.endedAt))!;

/**
 * The absent colleagues somebody stands in for on a day, by authority: those who asked, and those for whom an absent
 * colleague would stand in, so that work never lies between two who are away.
 */
export async function standsInFor(
  db: Reader,
  userId: string,
  on: string,
): Promise<{ userId: string; organisationId: string }[]> {
  const found = new Map<string, { userId: string; organisationId: string }>();
  let asked = [userId];
  while (asked.length > 0) {
    const rows = await db
      .select({
        toUserId: delegations.toUserId,
        userId: delegations.fromUserId,
        organisationId: delegations.organisationId,
      })
      .from(delegations)
      .where(and(inArray(delegations.toUserId, asked), inForce(on)));
    const fresh = rows.filter(
      ({ toUserId, userId: absent, organisationId }) =>
        (toUserId === userId || found.has(`${organisationId}:${toUserId}`)) &&
        !found.has(`${organisationId}:${absent}`),
    );
    for (const { userId: absent, organisationId } of fresh)
      found.set(`${organisationId}:${absent}`, { userId: absent, organisationId });
    asked = fresh.map((row) => row.userId);
  }
  return [...found.values()].filter((each) => each.userId !== userId);
}

/** Who stands in for any of these people in an authority on a day, also where the first who was asked is away. */
export async function standInsOf(
  db: Reader,
  organisationId: string,
  userIds: readonly string[],
  on: string,
): Promise<string[]> {
  const found = new Set<string>();
  let away: string[] = [...userIds];
  while (away.length > 0) {
    const rows = await db
      .selectDistinct({ userId: delegations.toUserId })
      .from(delegations)
      .where(and(inArray(delegations.fromUserId, away), eq(delegations.organisationId, organisationId), inForce(on)));
    away = rows.map((row) => row.userId).filter((userId) => !found.has(userId));
    for (const userId of away) found.add(userId);
  }
  return [...found];
}

/** Days somebody is away while they stand in for somebody else. */
export interface Overlap {
  delegation: Delegation;
  fromOn: string;
  toOn: string;
}

/** What somebody was asked for that touches days in which they are away themselves, and what follows from it for others. */
export async function givenTo(db: Reader, away: Pick<Delegation, 'toUserId' | 'organisationId' | 'fromOn' | 'toOn'>) {
  const found = new Map<string, Overlap>();
  let asked = [away];
  while (asked.length > 0) {
    const next: typeof asked = [];
    for (const { toUserId, organisationId, fromOn, toOn } of asked) {
      for (const delegation of await db
        .select()
        .from(delegations)
        .where(and(eq(delegations.toUserId, toUserId), during(organisationId, fromOn, toOn)))) {
        if (found.has(delegation.id)) continue;
        const days = {
          fromOn: [delegation.fromOn, fromOn].sort().at(-1)!,
          toOn: [delegation.toOn, toOn].sort()[0]!,
        };
        found.set(delegation.id, { delegation, ...days });
        next.push({ toUserId: delegation.fromUserId, organisationId, ...days });
      }
    }
    asked = next;
  }
  return [...found.values()];
}

/** Not ended, and touching these days, both included. */
export const during = (organisationId: string, fromOn: string, toOn: string): SQL =>
  and(
    eq(delegations.organisationId, organisationId),
    isNull(delegations.endedAt),
    lte(delegations.fromOn, toOn),
    gte(delegations.toOn, fromOn),
  )!;

/** What these people gave others in an authority in these days: when a stand-in is away themselves, and who is asked then. */
export const givenBy = (
  db: Reader,
  userId: string,
  { organisationId, fromOn, toOn }: Pick<Delegation, 'organisationId' | 'fromOn' | 'toOn'>,
): Promise<Delegation[]> =>
  db
    .select()
    .from(delegations)
    .where(and(eq(delegations.fromUserId, userId), during(organisationId, fromOn, toOn)))
    .orderBy(delegations.fromOn);

/** What somebody gave and was given, newest first. */
export const delegationsOf = (db: Reader, userId: string): Promise<Delegation[]> =>
  db
    .select()
    .from(delegations)
    .where(or(eq(delegations.fromUserId, userId), eq(delegations.toUserId, userId)))
    .orderBy(desc(delegations.fromOn), desc(delegations.createdAt))
    .limit(50);
