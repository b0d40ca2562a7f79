import { asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';

/** A facility and the business that answers for it. */
export interface HeldFacility {
  id: string;
  name: string;
  code: string;
  provinceCode: string;
  organisationId: string | null;
}

const columns = {
  id: facilities.id,
  name: facilities.name,
  code: facilities.code,
  provinceCode: facilities.provinceCode,
  organisationId: facilities.organisationId,
};

/** The facilities of some businesses, by name. */
export async function facilitiesHeldBy(db: Reader, organisationIds: readonly string[]): Promise<HeldFacility[]> {
  if (organisationIds.length === 0) return [];
  return db
    .select(columns)
    .from(facilities)
    .where(inArray(facilities.organisationId, [...organisationIds]))
    .orderBy(asc(facilities.name), asc(facilities.id));
}

/** One of them with its business; null where there is none. */
export async function findHeldFacility(db: Reader, id: string): Promise<HeldFacility | null> {
  const [row] = await db.select(columns).from(facilities).where(eq(facilities.id, id));
  return row ?? null;
}

/** Several at once, by id. */
export async function heldFacilitiesById(db: Reader, ids: readonly string[]): Promise<Map<string, HeldFacility>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(columns)
    .from(facilities)
    .where(inArray(facilities.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The facility with a code of the register, in any case; null where there is none. */
export async function findFacilityByCode(db: Reader, code: string): Promise<HeldFacility | null> {
  const [row] = await db.select(columns).from(facilities).where(eq(facilities.code, code.trim().toUpperCase()));
  return row ?? null;
}
