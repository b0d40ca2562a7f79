import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { facilities, facilityChanges, facilityLicences } from '#db/schema/facilities.ts';
import { organisations } from '#db/schema/identity.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { notFound, type TxContext } from '#server/platform/index.ts';

export type Facility = typeof facilities.$inferSelect;
export type Licence = typeof facilityLicences.$inferSelect;
export type Change = typeof facilityChanges.$inferSelect;

export async function findFacility(db: Reader, id: string): Promise<Facility | null> {
  const [row] = await db.select().from(facilities).where(eq(facilities.id, id));
  return row ?? null;
}

export async function findLicence(db: Reader, id: string): Promise<Licence | null> {
  const [row] = await db.select().from(facilityLicences).where(eq(facilityLicences.id, id));
  return row ?? null;
}

/** The licence one dossier led to; null: none yet. */
export async function findLicenceOfDossier(db: Reader, dossierId: string): Promise<Licence | null> {
  const [row] = await db.select().from(facilityLicences).where(eq(facilityLicences.dossierId, dossierId));
  return row ?? null;
}

export async function findLicenceOfDocument(db: Reader, documentId: string): Promise<Licence | null> {
  const [row] = await db.select().from(facilityLicences).where(eq(facilityLicences.documentId, documentId));
  return row ?? null;
}

/** Licence and facility, locked for a change; throws notFound. */
export async function lockLicence(ctx: TxContext, id: string): Promise<{ licence: Licence; facility: Facility }> {
  const [licence] = await ctx.tx.select().from(facilityLicences).where(eq(facilityLicences.id, id)).for('update');
  if (!licence) notFound();
  const facility = await findFacility(ctx.tx, licence.facilityId);
  return { licence, facility: facility! };
}

export const licencesOf = (db: Reader, facilityId: string) =>
  db
    .select({ licence: facilityLicences, issuer: organisations.name, issuerEn: organisations.nameEn })
    .from(facilityLicences)
    .leftJoin(organisations, eq(organisations.id, facilityLicences.issuedBy))
    .where(eq(facilityLicences.facilityId, facilityId))
    .orderBy(desc(facilityLicences.issuedOn), desc(facilityLicences.createdAt), desc(facilityLicences.id));

/** Newest first. */
export const changesOf = (db: Reader, facilityId: string) =>
  db.select().from(facilityChanges).where(eq(facilityChanges.facilityId, facilityId)).orderBy(desc(facilityChanges.id));

export interface PlaceName {
  code: string;
  /** with its level, e.g. Phường Kim Liên */
  name: string;
  nameEn: string;
}

/** Names of units that hold now, by code. A code that is not known stands for itself. */
export async function placeNames(
  db: Reader,
  level: 'province' | 'ward',
  codes: string[],
): Promise<Map<string, PlaceName>> {
  const names = new Map(codes.map((code) => [code, { code, name: code, nameEn: code }]));
  if (codes.length === 0) return names;
  const condition: SQL = sql`${territoryUnits.level} = ${level} and ${territoryUnits.validTo} is null and ${territoryUnits.code} = any(${sql.param([...names.keys()])}::text[])`;
  const rows = await db
    .select({ code: territoryUnits.code, name: territoryUnits.fullName, nameEn: territoryUnits.fullNameEn })
    .from(territoryUnits)
    .where(condition);
  for (const row of rows) names.set(row.code, row);
  return names;
}

/** The letters a province has in codes, as its authority uses them; the province's number where none is known. */
export async function placeCodeOf(db: Reader, provinceCode: string): Promise<string> {
  const [row] = await db
    .select({ placeCode: organisations.placeCode })
    .from(organisations)
    .where(
      sql`${organisations.kind} = 'authority' and ${organisations.provinceCode} = ${provinceCode} and ${organisations.placeCode} is not null`,
    )
    .orderBy(organisations.createdAt)
    .limit(1);
  return row?.placeCode ?? provinceCode;
}
