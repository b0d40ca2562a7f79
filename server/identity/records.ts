import { and, asc, desc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { memberships, organisations, posts, sessions, units, users, userTokens } from '#db/schema/identity.ts';
import { AppError, newId, notFound, type TxContext } from '#server/platform/index.ts';
import { type TokenPurpose, tokenEnd } from './rules.ts';
import { digestOf, newToken } from './session-cookie.ts';

export type UserRow = typeof users.$inferSelect;
export type OrganisationRow = typeof organisations.$inferSelect;
export type UnitRow = typeof units.$inferSelect;

export async function findUserByEmail(db: Reader, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

export async function getUser(db: Reader, id: string): Promise<UserRow> {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row ?? notFound();
}

export async function lockUser(ctx: TxContext, id: string): Promise<UserRow> {
  const [row] = await ctx.tx.select().from(users).where(eq(users.id, id)).for('update');
  return row ?? notFound();
}

export async function lockOrganisation(ctx: TxContext, id: string): Promise<OrganisationRow> {
  const [row] = await ctx.tx.select().from(organisations).where(eq(organisations.id, id)).for('update');
  return row ?? notFound();
}

/** The Ministry of Health: the one authority without a province. Null only before the reference data is loaded. */
export async function ministryId(db: Reader): Promise<string | null> {
  const [row] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.kind, 'authority'), isNull(organisations.provinceCode)))
    .orderBy(asc(organisations.createdAt))
    .limit(1);
  return row?.id ?? null;
}

export async function getUnit(db: Reader, id: string): Promise<UnitRow> {
  const [row] = await db.select().from(units).where(eq(units.id, id));
  return row ?? notFound();
}

/** The part a person has in a business; null for others. */
export async function membershipOf(
  db: Reader,
  userId: string | null,
  organisationId: string,
): Promise<'owner' | 'representative' | null> {
  if (userId === null) return null;
  const [row] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.organisationId, organisationId)));
  return row?.role ?? null;
}

/** The post somebody holds on a day (the newest, where there are several). */
export async function currentPost(db: Reader, userId: string, on: string) {
  const [row] = await db
    .select({ post: posts, unit: units })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .where(
      and(eq(posts.userId, userId), sql`${posts.validFrom} <= ${on}`, or(isNull(posts.validTo), gt(posts.validTo, on))),
    )
    .orderBy(desc(posts.validFrom), desc(posts.id))
    .limit(1);
  return row ?? null;
}

/** Makes a one-time link's token; earlier ones for the same purpose stop working. */
export async function issueToken(
  ctx: TxContext,
  userId: string,
  purpose: TokenPurpose,
): Promise<{ id: string; token: string }> {
  const now = ctx.now();
  await ctx.tx
    .update(userTokens)
    .set({ expiresAt: now })
    .where(
      and(
        eq(userTokens.userId, userId),
        eq(userTokens.purpose, purpose),
        isNull(userTokens.usedAt),
        gt(userTokens.expiresAt, now),
      ),
    );
  const token = newToken();
  const id = newId();
  await ctx.tx
    .insert(userTokens)
    .values({ id, userId, purpose, tokenHash: digestOf(token), expiresAt: tokenEnd(purpose, now), createdAt: now });
  return { id, token };
}

export const linkExpired = (): never => {
  throw new AppError('invalidState', 'identity.errors.linkExpired');
};

/** The row of a token that was sent, whatever became of it; null for one that never was. */
export async function findToken(db: Reader, token: string, purposes: TokenPurpose[]) {
  const [row] = await db
    .select()
    .from(userTokens)
    .where(eq(userTokens.tokenHash, digestOf(token)));
  return row && purposes.includes(row.purpose) ? row : null;
}

export async function lockToken(ctx: TxContext, id: string) {
  const [row] = await ctx.tx.select().from(userTokens).where(eq(userTokens.id, id)).for('update');
  return row ?? linkExpired();
}

/** Ends the live sessions of a person, but one where `except` says so. */
export async function revokeSessions(ctx: TxContext, userId: string, except: string | null = null): Promise<void> {
  await ctx.tx
    .update(sessions)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        except === null ? undefined : ne(sessions.id, except),
      ),
    );
}
