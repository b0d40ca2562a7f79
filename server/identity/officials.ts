import { and, eq, exists, gt, inArray, isNull, not, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Reader } from '#db/client.ts';
import { grants, posts, units, users } from '#db/schema/identity.ts';
import type { Actor } from '#server/platform/index.ts';
import { notFound } from '#server/platform/index.ts';
import type { Official, Place } from './policy.ts';

/** Posts held on a day. */
export const heldOn = (on: string): SQL =>
  and(sql`${posts.validFrom} <= ${on}`, or(isNull(posts.validTo), gt(posts.validTo, on)))!;

/** An official with the places of the posts and grants held now; throws notFound for applicants. */
export async function getOfficialPlaces(db: Reader, userId: string, on: string): Promise<Official> {
  const [row] = await db.select({ official: users.official }).from(users).where(eq(users.id, userId));
  if (!row?.official) notFound();
  const fromPosts = await db
    .select({ organisationId: units.organisationId, unitPath: units.path })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .where(and(eq(posts.userId, userId), heldOn(on)));
  const fromGrants = await db
    .select({ organisationId: grants.organisationId, unitPath: units.path })
    .from(grants)
    .leftJoin(units, eq(units.id, grants.unitId))
    .where(and(eq(grants.userId, userId), isNull(grants.revokedAt)));
  const places: Place[] = [...fromPosts, ...fromGrants];
  return { userId, places };
}

type Selecting = Pick<Database, 'select'>;

/** The officials an actor may see, as a condition on `users`: the same rule as `canReadOfficial`, in SQL. */
export function officialsVisibleTo(db: Selecting, actor: Actor, ministryId: string | null, on: string): SQL {
  if (actor.kind !== 'person' || !actor.official) return sql`false`;
  const own = actor.grants.filter((grant) => grant.role === 'admin');
  if (own.length === 0) return sql`false`;
  if (own.some((grant) => grant.organisationId === ministryId && grant.unitPath === null))
    return eq(users.official, true);
  const whole = own.filter((grant) => grant.unitPath === null).map((grant) => grant.organisationId);
  const subtrees = own.flatMap((grant) =>
    grant.unitPath === null
      ? []
      : [
          and(
            eq(units.organisationId, grant.organisationId),
            or(eq(units.path, grant.unitPath), sql`starts_with(${units.path}, ${`${grant.unitPath}.`})`),
          ),
        ],
  );
  const reachedUnit = or(whole.length > 0 ? inArray(units.organisationId, whole) : undefined, ...subtrees)!;
  const byPost = exists(
    db
      .select({ one: sql`1` })
      .from(posts)
      .innerJoin(units, eq(units.id, posts.unitId))
      .where(and(eq(posts.userId, users.id), heldOn(on), reachedUnit)),
  );
  const byGrant = exists(
    db
      .select({ one: sql`1` })
      .from(grants)
      .leftJoin(units, eq(units.id, grants.unitId))
      .where(
        and(
          eq(grants.userId, users.id),
          isNull(grants.revokedAt),
          or(
            whole.length > 0 ? inArray(grants.organisationId, whole) : undefined,
            subtrees.length > 0 ? and(not(isNull(grants.unitId)), or(...subtrees)) : undefined,
          ),
        ),
      ),
  );
  return and(eq(users.official, true), or(byPost, byGrant))!;
}
