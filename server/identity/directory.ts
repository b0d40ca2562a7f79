import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { grants, memberships, organisations, posts, units, users } from '#db/schema/identity.ts';
import { localDate } from '#server/calendar/index.ts';
import { notFound, now, type Role } from '#server/platform/index.ts';
import { heldOn } from './officials.ts';
import { currentPost, getUser } from './records.ts';

/** Who somebody is, for other modules: never more than this leaves the module. */
export interface PersonView {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  citizenId: string | null;
  locale: 'vi' | 'en';
  official: boolean;
}

export interface OrganisationView {
  id: string;
  kind: 'authority' | 'business';
  name: string;
  nameEn: string | null;
  taxCode: string | null;
  agencyCode: string | null;
  documentCode: string | null;
  placeCode: string | null;
  superiorName: string | null;
  provinceCode: string | null;
  wardCode: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  representativeName: string | null;
  demo: boolean;
}

const organisationColumns = {
  id: organisations.id,
  kind: organisations.kind,
  name: organisations.name,
  nameEn: organisations.nameEn,
  taxCode: organisations.taxCode,
  agencyCode: organisations.agencyCode,
  documentCode: organisations.documentCode,
  placeCode: organisations.placeCode,
  superiorName: organisations.superiorName,
  provinceCode: organisations.provinceCode,
  wardCode: organisations.wardCode,
  address: organisations.address,
  phone: organisations.phone,
  email: organisations.email,
  representativeName: organisations.representativeName,
  demo: organisations.demo,
};
const personColumns = {
  id: users.id,
  name: users.name,
  email: users.email,
  phone: users.phone,
  citizenId: users.citizenId,
  locale: users.locale,
  official: users.official,
};

/** Throws notFound. */
export async function getPerson(db: Reader, userId: string): Promise<PersonView> {
  const { id, name, email, phone, citizenId, locale, official } = await getUser(db, userId);
  return { id, name, email, phone, citizenId, locale, official };
}

/** Several at once, by id; ids of nobody are left out. */
export async function peopleById(db: Reader, ids: string[]): Promise<Map<string, PersonView>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(personColumns)
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Throws notFound. */
export async function getOrganisation(db: Reader, id: string): Promise<OrganisationView> {
  return (await findOrganisation(db, id)) ?? notFound();
}

export async function findOrganisation(db: Reader, id: string): Promise<OrganisationView | null> {
  const [row] = await db.select(organisationColumns).from(organisations).where(eq(organisations.id, id));
  return row ?? null;
}

/** Several at once, by id. */
export async function organisationsById(db: Reader, ids: string[]): Promise<Map<string, OrganisationView>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(organisationColumns)
    .from(organisations)
    .where(inArray(organisations.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The authority for health of a province (two digits); throws notFound where there is none. */
export async function healthDepartmentOf(db: Reader, provinceCode: string): Promise<OrganisationView> {
  const [row] = await db
    .select(organisationColumns)
    .from(organisations)
    .where(and(eq(organisations.kind, 'authority'), eq(organisations.provinceCode, provinceCode)))
    .orderBy(asc(organisations.createdAt), asc(organisations.id))
    .limit(1);
  return row ?? notFound('identity.errors.noAuthority');
}

/** The Ministry of Health; throws notFound before the reference data is loaded. */
export async function ministry(db: Reader): Promise<OrganisationView> {
  const [row] = await db
    .select(organisationColumns)
    .from(organisations)
    .where(and(eq(organisations.kind, 'authority'), isNull(organisations.provinceCode)))
    .orderBy(asc(organisations.createdAt))
    .limit(1);
  return row ?? notFound('identity.errors.noAuthority');
}

/** All authorities, the ministry first. */
export const authorities = (db: Reader): Promise<OrganisationView[]> =>
  db
    .select(organisationColumns)
    .from(organisations)
    .where(eq(organisations.kind, 'authority'))
    .orderBy(sql`${organisations.provinceCode} nulls first`, asc(organisations.name));

/** Who may act for a business. */
export const membersOf = (
  db: Reader,
  organisationId: string,
): Promise<(PersonView & { part: 'owner' | 'representative' })[]> =>
  db
    .select({ ...personColumns, part: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, organisationId), isNull(users.disabledAt)))
    .orderBy(asc(memberships.role), asc(users.name));

/**
 * Who holds a role in an organisation and can sign in, by name.
 * @param unitPath only those whose grant covers this unit; left out: any grant in the organisation
 */
export async function usersWithRole(
  db: Reader,
  role: Role,
  organisationId: string,
  unitPath?: string,
): Promise<PersonView[]> {
  return db
    .selectDistinct(personColumns)
    .from(users)
    .innerJoin(grants, eq(grants.userId, users.id))
    .leftJoin(units, eq(units.id, grants.unitId))
    .where(
      and(
        eq(grants.role, role),
        eq(grants.organisationId, organisationId),
        isNull(grants.revokedAt),
        isNull(users.disabledAt),
        unitPath === undefined
          ? undefined
          : or(isNull(grants.unitId), eq(units.path, unitPath), sql`starts_with(${unitPath}, ${units.path} || '.')`),
      ),
    )
    .orderBy(asc(users.name));
}

export interface OfficialView extends PersonView {
  unitId: string;
  unitName: string;
  title: string;
}

/**
 * The officials who hold a post today in an organisation, or in a unit and what is below it; with `role`, those of
 * them who hold that role in the organisation.
 */
export async function officialsOf(
  db: Reader,
  place: { organisationId: string; unitPath?: string },
  role?: Role,
  at: Date = now(),
): Promise<OfficialView[]> {
  const rows = await db
    .select({ ...personColumns, unitId: units.id, unitName: units.name, title: posts.title })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .innerJoin(users, eq(users.id, posts.userId))
    .where(
      and(
        eq(units.organisationId, place.organisationId),
        isNull(users.disabledAt),
        heldOn(localDate(at)),
        place.unitPath === undefined
          ? undefined
          : or(eq(units.path, place.unitPath), sql`starts_with(${units.path}, ${`${place.unitPath}.`})`),
        role === undefined
          ? undefined
          : sql`exists (select 1 from ${grants} where ${grants.userId} = ${users.id} and ${grants.role} = ${role}
              and ${grants.organisationId} = ${place.organisationId} and ${grants.revokedAt} is null)`,
      ),
    )
    .orderBy(asc(users.name));
  return rows;
}

export interface PostView {
  userId: string;
  name: string;
  title: string;
  titleEn: string | null;
  /** lines above a signature, e.g. KT. GIÁM ĐỐC and PHÓ GIÁM ĐỐC, separated by line feeds */
  signatureTitle: string | null;
  unitId: string;
  unitPath: string;
  unitName: string;
  organisationId: string;
}

/** The post somebody holds at an instant: what is printed under a signature. Null for those who hold none. */
export async function postOf(db: Reader, userId: string, at: Date = now()): Promise<PostView | null> {
  const row = await currentPost(db, userId, localDate(at));
  if (row === null) return null;
  const { name } = await getUser(db, userId);
  const { post, unit } = row;
  return {
    userId,
    name,
    title: post.title,
    titleEn: post.titleEn,
    signatureTitle: post.signatureTitle,
    unitId: unit.id,
    unitPath: unit.path,
    unitName: unit.name,
    organisationId: unit.organisationId,
  };
}
