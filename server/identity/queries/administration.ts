import { and, asc, count, desc, eq, gt, ilike, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { grants, organisations, posts, units, users } from '#db/schema/identity.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Actor, type Context, notFound, query, type Role, reader, searchable } from '#server/platform/index.ts';
import { authorities, getOrganisation } from '../directory.ts';
import { ListOfficials, Nothing, OfficialRef, OrganisationRef } from '../inputs.ts';
import { getOfficialPlaces, heldOn, officialsVisibleTo } from '../officials.ts';
import { administers, anyAdministration, canAdminister, canChangeOfficial, canReadOfficial } from '../policy.ts';
import { getUser, ministryId } from '../records.ts';

const pageSize = 25;

export interface OfficialRow {
  id: string;
  name: string;
  email: string;
  /** how it stands: invited and without a password yet, active, or shut out */
  status: 'invited' | 'active' | 'disabled';
  title: string | null;
  unitName: string | null;
  organisationName: string | null;
  roles: Role[];
}

const statusOf = (user: { disabledAt: Date | null; passwordHash: string | null }): OfficialRow['status'] =>
  user.disabledAt !== null ? 'disabled' : user.passwordHash === null ? 'invited' : 'active';

/** The officials one administers, by name, 25 a page. */
export const listOfficials = query({
  input: ListOfficials,
  load: (db) => ministryId(db),
  allow: (actor) => anyAdministration(actor),
  view: async (ctx, ministry, input) => {
    const today = localDate(ctx.now());
    const where = and(
      officialsVisibleTo(reader(ctx), ctx.actor, ministry, today),
      ...input.q.trim().split(/\s+/).filter(Boolean).map(matches),
      input.organisationId === null ? undefined : atHomeIn(input.organisationId, today),
    );
    const [counted] = await reader(ctx).select({ total: count() }).from(users).where(where);
    const rows = await reader(ctx)
      .select()
      .from(users)
      .where(where)
      .orderBy(asc(users.name), asc(users.id))
      .limit(pageSize)
      .offset((input.page - 1) * pageSize);
    const items = await rowsOf(reader(ctx), rows, today);
    return { items, page: input.page, pageSize, total: counted!.total };
  },
});

/** A word of the search, with or without marks, in name or address. */
const matches = (word: string): SQL => {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  const plainName = sql`translate(lower(regexp_replace(normalize(${users.name}, NFD), '[\u0300-\u036f]', '', 'g')), 'đ', 'd')`;
  return or(ilike(users.email, pattern), sql`${plainName} like ${`%${searchable(word)}%`}`)!;
};

const atHomeIn = (organisationId: string, today: string): SQL => sql`(
  exists (select 1 from ${posts} join ${units} on ${units.id} = ${posts.unitId}
    where ${posts.userId} = ${users.id} and ${units.organisationId} = ${organisationId} and ${heldOn(today)})
  or exists (select 1 from ${grants}
    where ${grants.userId} = ${users.id} and ${grants.organisationId} = ${organisationId} and ${grants.revokedAt} is null))`;

async function rowsOf(db: Reader, rows: (typeof users.$inferSelect)[], today: string): Promise<OfficialRow[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const held = await db
    .select({ userId: posts.userId, title: posts.title, unitName: units.name, organisationName: organisations.name })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .innerJoin(organisations, eq(organisations.id, units.organisationId))
    .where(and(inArray(posts.userId, ids), heldOn(today)))
    .orderBy(desc(posts.validFrom));
  const given = await db
    .select({ userId: grants.userId, role: grants.role })
    .from(grants)
    .where(and(inArray(grants.userId, ids), isNull(grants.revokedAt)));
  return rows.map((row) => {
    const post = held.find((each) => each.userId === row.id);
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      status: statusOf(row),
      title: post?.title ?? null,
      unitName: post?.unitName ?? null,
      organisationName: post?.organisationName ?? null,
      roles: [...new Set(given.filter((grant) => grant.userId === row.id).map((grant) => grant.role))],
    };
  });
}

/** One official with posts and grants. What may be done is said along, so that pages offer nothing that is refused. */
export const getOfficial = query({
  input: OfficialRef,
  load: async (db, input, ctx) => ({
    official: await getOfficialPlaces(db, input.userId, localDate(ctx.now())),
    ministry: await ministryId(db),
  }),
  allow: (actor, { official, ministry }) => canReadOfficial(actor, official, ministry),
  view: async (ctx, { official, ministry }) => {
    const user = await getUser(reader(ctx), official.userId);
    const { id, name, email, phone } = user;
    const oneself = ctx.actor.kind === 'person' && ctx.actor.userId === id;
    return {
      id,
      name,
      email,
      phone,
      status: statusOf(user),
      mayChange: canChangeOfficial(ctx.actor, official, ministry).allowed,
      mayGrant: !oneself,
      posts: await postsOf(reader(ctx), id),
      grants: await grantsGiven(ctx, id, ministry),
    };
  },
});

const postsOf = (db: Reader, userId: string) =>
  db
    .select({
      id: posts.id,
      unitId: posts.unitId,
      title: posts.title,
      titleEn: posts.titleEn,
      signatureTitle: posts.signatureTitle,
      validFrom: posts.validFrom,
      validTo: posts.validTo,
      unitName: units.name,
      organisationId: units.organisationId,
      organisationName: organisations.name,
    })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .innerJoin(organisations, eq(organisations.id, units.organisationId))
    .where(eq(posts.userId, userId))
    .orderBy(desc(posts.validFrom), desc(posts.id));

async function grantsGiven(ctx: Context, userId: string, ministry: string | null) {
  const rows = await reader(ctx)
    .select({
      id: grants.id,
      role: grants.role,
      organisationId: grants.organisationId,
      organisationName: organisations.name,
      unitName: units.name,
      unitPath: units.path,
      provinceCode: grants.provinceCode,
      createdAt: grants.createdAt,
    })
    .from(grants)
    .innerJoin(organisations, eq(organisations.id, grants.organisationId))
    .leftJoin(units, eq(units.id, grants.unitId))
    .where(and(eq(grants.userId, userId), isNull(grants.revokedAt)))
    .orderBy(asc(organisations.name), asc(grants.role));
  return rows.map(({ unitPath, ...row }) => ({
    ...row,
    mayRevoke: administers(ctx.actor, { organisationId: row.organisationId, unitPath }, ministry),
  }));
}

/** The authorities of which one administers something. */
export const listAuthorities = query({
  input: Nothing,
  load: async (db) => ({ all: await authorities(db), ministry: await ministryId(db) }),
  allow: (actor) => anyAdministration(actor),
  view: (ctx, { all, ministry }) =>
    all
      .filter((authority) => reachesInto(ctx.actor, authority.id, ministry))
      .map((authority) => ({
        ...authority,
        whole: administers(ctx.actor, { organisationId: authority.id, unitPath: null }, ministry),
      })),
});

const reachesInto = (actor: Actor, organisationId: string, ministry: string | null): boolean =>
  actor.kind === 'person' &&
  (administers(actor, { organisationId, unitPath: null }, ministry) ||
    actor.grants.some((grant) => grant.role === 'admin' && grant.organisationId === organisationId));

/** One authority with its units, each with its depth in the tree and the officials in it, in the order of the tree. */
export const getAuthority = query({
  input: OrganisationRef,
  load: async (db, input) => {
    const organisation = await getOrganisation(db, input.organisationId);
    if (organisation.kind !== 'authority') notFound();
    return { organisation, ministry: await ministryId(db) };
  },
  allow: (actor, { organisation, ministry }) =>
    reachesInto(actor, organisation.id, ministry)
      ? { allowed: true }
      : canAdminister(actor, { organisationId: organisation.id, unitPath: null }, ministry),
  view: async (ctx, { organisation, ministry }) => {
    const rows = await reader(ctx)
      .select()
      .from(units)
      .where(eq(units.organisationId, organisation.id))
      .orderBy(asc(units.createdAt), asc(units.id));
    const staff = await reader(ctx)
      .select({ unitId: posts.unitId, people: count() })
      .from(posts)
      .innerJoin(units, eq(units.id, posts.unitId))
      .where(
        and(
          eq(units.organisationId, organisation.id),
          or(isNull(posts.validTo), gt(posts.validTo, localDate(ctx.now()))),
        ),
      )
      .groupBy(posts.unitId);
    return {
      ...organisation,
      mayChange: administers(ctx.actor, { organisationId: organisation.id, unitPath: null }, ministry),
      mayChangeCodes:
        ministry !== null && administers(ctx.actor, { organisationId: ministry, unitPath: null }, ministry),
      units: inTreeOrder(rows).map(({ unit, depth }) => ({
        id: unit.id,
        name: unit.name,
        nameEn: unit.nameEn,
        parentId: unit.parentId,
        depth,
        people: staff.find((each) => each.unitId === unit.id)?.people ?? 0,
        mayChange: administers(ctx.actor, { organisationId: organisation.id, unitPath: unit.path }, ministry),
      })),
    };
  },
});

function inTreeOrder<Unit extends { id: string; parentId: string | null }>(
  rows: Unit[],
  parentId: string | null = null,
  depth = 0,
): { unit: Unit; depth: number }[] {
  return rows
    .filter((row) => row.parentId === parentId)
    .flatMap((unit) => [{ unit, depth }, ...inTreeOrder(rows, unit.id, depth + 1)]);
}
