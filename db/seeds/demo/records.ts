import { and, eq, isNull } from 'drizzle-orm';
import type { Role } from '#db/enums/roles.ts';
import { grants, memberships, organisations, posts, sessions, units, users } from '#db/schema/identity.ts';
import { newId, type TxContext } from '#server/platform/index.ts';
import { type DemoOfficial, type DemoUnit, demoBusinesses, demoColleagues, demoUnits } from './people.ts';

/** The ids of the demo units of an authority by key. */
export async function enterUnits(
  ctx: TxContext,
  organisationId: string,
  wanted: readonly DemoUnit[] = demoUnits,
): Promise<Map<string, { id: string; path: string }>> {
  const known = await ctx.tx.select().from(units).where(eq(units.organisationId, organisationId));
  const byKey = new Map<string, { id: string; path: string }>();
  for (const { key, parent, name, nameEn } of wanted) {
    const existing = known.find((unit) => unit.name === name);
    const above = parent === undefined ? undefined : byKey.get(parent)!;
    const id = existing?.id ?? newId();
    const path = existing?.path ?? (above ? `${above.path}.${id}` : id);
    if (!existing)
      await ctx.tx.insert(units).values({ id, organisationId, parentId: above?.id ?? null, path, name, nameEn });
    byKey.set(key, { id, path });
  }
  return byKey;
}

/** A demo person with this password; whoever is signed in with another one no longer is. */
export async function enterPerson(
  ctx: TxContext,
  person: { name: string; email: string; official: boolean; phone?: string; citizenId?: string },
  passwordHash: string | null,
): Promise<string> {
  const { name, email, official, phone, citizenId } = person;
  const values = {
    name,
    official,
    phone,
    citizenId,
    passwordHash,
    emailConfirmedAt: ctx.now(),
    disabledAt: null,
    demo: true,
  };
  const [row] = await ctx.tx
    .insert(users)
    .values({ id: newId(), email, ...values, createdAt: ctx.now() })
    .onConflictDoUpdate({ target: users.email, set: values })
    .returning({ id: users.id });
  await ctx.tx
    .update(sessions)
    .set({ revokedAt: ctx.now() })
    .where(and(eq(sessions.userId, row!.id), isNull(sessions.revokedAt)));
  return row!.id;
}

/** Post and role of a demo official, once. */
export async function enterOfficial(
  ctx: TxContext,
  userId: string,
  role: Role,
  place: Pick<DemoOfficial, 'unit' | 'title' | 'titleEn' | 'signatureTitle' | 'within'>,
  organisationId: string,
  unitIds: Map<string, { id: string }>,
): Promise<void> {
  const unitId = unitIds.get(place.unit)!.id;
  const [post] = await ctx.tx.select({ id: posts.id }).from(posts).where(eq(posts.userId, userId)).limit(1);
  if (!post) {
    const { title, titleEn, signatureTitle } = place;
    await ctx.tx
      .insert(posts)
      .values({ id: newId(), userId, unitId, title, titleEn, signatureTitle, validFrom: '2025-07-01' });
  }
  const [grant] = await ctx.tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.userId, userId), eq(grants.role, role)))
    .limit(1);
  if (grant) return;
  await ctx.tx.insert(grants).values({
    id: newId(),
    userId,
    role,
    organisationId,
    unitId: place.within === undefined ? null : unitIds.get(place.within)!.id,
    createdAt: ctx.now(),
  });
}

export async function enterColleagues(
  ctx: TxContext,
  organisationId: string,
  unitIds: Map<string, { id: string }>,
): Promise<void> {
  for (const colleague of demoColleagues) {
    const userId = await enterPerson(ctx, { name: colleague.name, email: colleague.address, official: true }, null);
    await enterOfficial(ctx, userId, colleague.role, colleague, organisationId, unitIds);
  }
}

/** The two businesses of the demo's business person. */
export async function enterBusinesses(ctx: TxContext, userId: string, representativeName: string): Promise<void> {
  for (const business of demoBusinesses) {
    const [known] = await ctx.tx
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.taxCode, business.taxCode));
    const organisationId = known?.id ?? newId();
    if (!known) {
      await ctx.tx.insert(organisations).values({
        id: organisationId,
        kind: 'business',
        ...business,
        provinceCode: '01',
        representativeName,
        email: 'business@demo.example',
        phone: '0912000001',
        demo: true,
        createdAt: ctx.now(),
      });
    }
    await ctx.tx
      .insert(memberships)
      .values({ userId, organisationId, role: 'owner', createdAt: ctx.now() })
      .onConflictDoNothing();
  }
}
