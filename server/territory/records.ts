import { and, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { searchable } from '#server/platform/index.ts';

export interface TerritoryUnit {
  level: 'province' | 'ward';
  code: string;
  /** without its kind: Ba Đình */
  name: string;
  /** with its kind: Phường Ba Đình */
  fullName: string;
  nameEn: string;
  fullNameEn: string;
  /** wards: code of the province */
  parentCode: string | null;
  latitude: number | null;
  longitude: number | null;
}

const columns = {
  level: territoryUnits.level,
  code: territoryUnits.code,
  name: territoryUnits.name,
  fullName: territoryUnits.fullName,
  nameEn: territoryUnits.nameEn,
  fullNameEn: territoryUnits.fullNameEn,
  parentCode: territoryUnits.parentCode,
  latitude: territoryUnits.latitude,
  longitude: territoryUnits.longitude,
};

/** The units that hold on a day (YYYY-MM-DD). */
const validOn = (on: string): SQL =>
  and(sql`${territoryUnits.validFrom} <= ${on}`, or(isNull(territoryUnits.validTo), gt(territoryUnits.validTo, on)))!;

const vietnamese = new Intl.Collator('vi');
const inOrder = (units: TerritoryUnit[]): TerritoryUnit[] => units.sort((a, b) => vietnamese.compare(a.name, b.name));

/** The provinces that hold on a day, in Vietnamese order. */
export async function provinces(db: Reader, on: string): Promise<TerritoryUnit[]> {
  return inOrder(
    await db
      .select(columns)
      .from(territoryUnits)
      .where(and(eq(territoryUnits.level, 'province'), validOn(on))),
  );
}

/** The wards, communes and special zones of a province on a day, in Vietnamese order. */
export async function wardsOf(db: Reader, provinceCode: string, on: string): Promise<TerritoryUnit[]> {
  const rows = await db
    .select(columns)
    .from(territoryUnits)
    .where(and(eq(territoryUnits.level, 'ward'), eq(territoryUnits.parentCode, provinceCode), validOn(on)));
  return inOrder(rows);
}

/** A unit by its code on a day; null where there is none. */
export async function findTerritoryUnit(
  db: Reader,
  level: 'province' | 'ward',
  code: string,
  on: string,
): Promise<TerritoryUnit | null> {
  const [row] = await db
    .select(columns)
    .from(territoryUnits)
    .where(and(eq(territoryUnits.level, level), eq(territoryUnits.code, code), validOn(on)));
  return row ?? null;
}

/** At most 20 units whose name holds all words asked for, with or without marks; names that begin alike come first. */
export async function searchTerritory(
  db: Reader,
  text: string,
  on: string,
  provinceCode?: string,
): Promise<TerritoryUnit[]> {
  const words = searchable(text)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const rows = await db
    .select(columns)
    .from(territoryUnits)
    .where(
      and(
        validOn(on),
        provinceCode === undefined
          ? undefined
          : or(
              and(eq(territoryUnits.level, 'ward'), eq(territoryUnits.parentCode, provinceCode)),
              and(eq(territoryUnits.level, 'province'), eq(territoryUnits.code, provinceCode)),
            ),
        // each word of the question begins a word of the name
        ...words.map((word) => sql`position(${` ${word}`} in ' ' || ${territoryUnits.searchName}) > 0`),
      ),
    );
  const wanted = words.join(' ');
  const typed = text.normalize('NFC').trim().toLowerCase();
  const rank = (unit: TerritoryUnit): number => {
    const name = searchable(unit.name);
    if (unit.name.toLowerCase() === typed) return 0;
    return (name === wanted ? 1 : name.startsWith(wanted) ? 2 : 3) + (unit.level === 'province' ? 0 : 0.5);
  };
  return inOrder(rows)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 20);
}
