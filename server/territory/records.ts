import { and, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { searchable } from '#server/platform/index.ts';
import type { TerritoryLevel } from './load/facts.ts';
import { lifeOf } from './rules.ts';

export interface TerritoryUnit {
  level: TerritoryLevel;
  code: string;
  /** without its kind: Ba Đình */
  name: string;
  /** with its kind: Phường Ba Đình */
  fullName: string;
  nameEn: string;
  fullNameEn: string;
  /** of wards the code of the province, of wards until June 2025 that of the district; of districts that of the province */
  parentCode: string | null;
  latitude: number | null;
  longitude: number | null;
  /** first day on which it holds; null: before anybody wrote it down here */
  since: string | null;
  /** last day on which it held; null: it holds */
  until: string | null;
}

export const unitColumns = {
  level: territoryUnits.level,
  code: territoryUnits.code,
  name: territoryUnits.name,
  fullName: territoryUnits.fullName,
  nameEn: territoryUnits.nameEn,
  fullNameEn: territoryUnits.fullNameEn,
  parentCode: territoryUnits.parentCode,
  latitude: territoryUnits.latitude,
  longitude: territoryUnits.longitude,
  validFrom: territoryUnits.validFrom,
  validTo: territoryUnits.validTo,
};

/** A unit as it is stored: level, code and first day are its key. */
export type UnitRow = Omit<TerritoryUnit, 'since' | 'until'> & { validFrom: string; validTo: string | null };

/** A unit as others see it. */
export const unitOf = ({ validFrom, validTo, ...unit }: UnitRow): TerritoryUnit => ({
  ...unit,
  ...lifeOf({ validFrom, validTo }),
});

/** The units that hold on a day (YYYY-MM-DD). */
export const validOn = (on: string): SQL =>
  and(sql`${territoryUnits.validFrom} <= ${on}`, or(isNull(territoryUnits.validTo), gt(territoryUnits.validTo, on)))!;

const vietnamese = new Intl.Collator('vi', { numeric: true });
const inOrder = (rows: UnitRow[]): TerritoryUnit[] =>
  rows.map(unitOf).sort((a, b) => vietnamese.compare(a.name, b.name));

const unitsOn = (db: Reader, on: string, ...conditions: (SQL | undefined)[]): Promise<UnitRow[]> =>
  db
    .select(unitColumns)
    .from(territoryUnits)
    .where(and(validOn(on), ...conditions));

const unitsWhere = (db: Reader, level: TerritoryLevel, on: string, condition?: SQL): Promise<UnitRow[]> =>
  unitsOn(db, on, eq(territoryUnits.level, level), condition);

/** The provinces that hold on a day, in Vietnamese order. */
export const provinces = async (db: Reader, on: string): Promise<TerritoryUnit[]> =>
  inOrder(await unitsWhere(db, 'province', on));

/** The districts of a province on a day, in Vietnamese order; none since July 2025. */
export const districtsOf = async (db: Reader, provinceCode: string, on: string): Promise<TerritoryUnit[]> =>
  inOrder(await unitsWhere(db, 'district', on, eq(territoryUnits.parentCode, provinceCode)));

/** The wards, communes and special zones of a province on a day, through its districts while there were some. */
export async function wardsOf(db: Reader, provinceCode: string, on: string): Promise<TerritoryUnit[]> {
  const districts = await unitsWhere(db, 'district', on, eq(territoryUnits.parentCode, provinceCode));
  const parents = [provinceCode, ...districts.map(({ code }) => code)];
  return inOrder(await unitsWhere(db, 'ward', on, sql`${territoryUnits.parentCode} in ${parents}`));
}

/** A unit by its code on a day; null where there is none. */
export async function findTerritoryUnit(
  db: Reader,
  level: TerritoryLevel,
  code: string,
  on: string,
): Promise<TerritoryUnit | null> {
  const [row] = await unitsWhere(db, level, on, eq(territoryUnits.code, code));
  return row ? unitOf(row) : null;
}

/** The provinces and wards of some codes on a day, by `province:01` and `ward:00229`; what is not there is left out. */
export async function findTerritoryUnits(
  db: Reader,
  wanted: readonly { level: 'province' | 'ward'; code: string }[],
  on: string,
): Promise<Map<string, TerritoryUnit>> {
  if (wanted.length === 0) return new Map();
  const ofLevels = [...Map.groupBy(wanted, ({ level }) => level)].map(([level, some]) =>
    and(
      eq(territoryUnits.level, level),
      inArray(
        territoryUnits.code,
        some.map(({ code }) => code),
      ),
    ),
  );
  const rows = await unitsOn(db, on, or(...ofLevels));
  return new Map(rows.map((row) => [`${row.level}:${row.code}`, unitOf(row)]));
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
  const rows = await unitsOn(
    db,
    on,
    provinceCode === undefined
      ? undefined
      : or(
          and(eq(territoryUnits.level, 'ward'), eq(territoryUnits.parentCode, provinceCode)),
          and(eq(territoryUnits.level, 'province'), eq(territoryUnits.code, provinceCode)),
        ),
    // each word of the question begins a word of the name
    ...words.map((word) => sql`position(${` ${word}`} in ' ' || ${territoryUnits.searchName}) > 0`),
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

/** The wards of a district as they were on its last day. */
export const wardRowsOfDistrict = (db: Reader, { code, validTo }: UnitRow): Promise<UnitRow[]> =>
  db
    .select(unitColumns)
    .from(territoryUnits)
    .where(
      and(
        eq(territoryUnits.level, 'ward'),
        eq(territoryUnits.parentCode, code),
        validTo === null ? isNull(territoryUnits.validTo) : eq(territoryUnits.validTo, validTo),
      ),
    );

/** The provinces whose wards are loaded: of the others nobody can say which wards there are. */
export async function provincesWithWards(db: Reader, on: string): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ code: territoryUnits.parentCode })
    .from(territoryUnits)
    .where(and(eq(territoryUnits.level, 'ward'), validOn(on)));
  return new Set(rows.flatMap(({ code }) => code ?? []));
}
