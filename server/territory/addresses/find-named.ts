import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { searchable } from '#server/platform/index.ts';
import provincesBefore2025 from '../provinces-before-2025.json' with { type: 'json' };
import type { UnitRow } from '../records.ts';
import { type AddressWords, possibleNames } from './address-words.ts';
import type { NamedUnit } from './read-address.ts';

/** A unit with the units it is part of, as they were in its time. */
export interface PlacedUnit extends UnitRow, Pick<NamedUnit, 'provinceCode' | 'provinceToday' | 'searchName'> {
  /** wards until June 2025 */
  district: { fullName: string; fullNameEn: string } | null;
  /** of a province null */
  province: { code: string; fullName: string; fullNameEn: string } | null;
}

const provinceToday = new Map(provincesBefore2025.map(({ code, into }) => [code, into]));

/** The units of any time that the words may name, with or without their kind. */
export async function unitsNamed(db: Reader, address: AddressWords): Promise<PlacedUnit[]> {
  const names = possibleNames(address);
  return names.length === 0 ? [] : placed(db, sql`u.search_name = any(${sql.param(names)}::text[])`);
}

/** The units of any time that have or had a code. */
export const unitsWithCode = (db: Reader, code: string): Promise<PlacedUnit[]> => placed(db, sql`u.code = ${code}`);

/** Units by their level, code and first day. */
export const unitsByKey = (db: Reader, keys: Pick<UnitRow, 'level' | 'code' | 'validFrom'>[]): Promise<PlacedUnit[]> =>
  placed(
    db,
    sql`(u.level, u.code, u.valid_from) in (select level, code, "validFrom" from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb)
      as k(level text, code text, "validFrom" date))`,
  );

interface PlacedRow extends Record<string, unknown> {
  level: UnitRow['level'];
  code: string;
  name: string;
  full_name: string;
  name_en: string;
  full_name_en: string;
  parent_code: string | null;
  latitude: number | null;
  longitude: number | null;
  valid_from: string;
  valid_to: string | null;
  district: string | null;
  district_en: string | null;
  province_code: string;
  province: string | null;
  province_en: string | null;
}

/** The district and the province are those of the last day of the unit, or of today. */
async function placed(db: Reader, condition: SQL): Promise<PlacedUnit[]> {
  const rows = await db.execute<PlacedRow>(sql`
    select u.level, u.code, u.name, u.full_name, u.name_en, u.full_name_en, u.parent_code, u.latitude, u.longitude,
      u.valid_from::text, u.valid_to::text, d.full_name as district, d.full_name_en as district_en,
      coalesce(p.code, u.code) as province_code, p.full_name as province, p.full_name_en as province_en
    from territory_units u
    left join lateral (
      select * from territory_units d where u.level = 'ward' and d.level = 'district' and d.code = u.parent_code
        and d.valid_from < coalesce(u.valid_to, 'infinity') and coalesce(d.valid_to, 'infinity') >= coalesce(u.valid_to, 'infinity')
      limit 1) d on true
    left join lateral (
      select * from territory_units p where u.level <> 'province' and p.level = 'province' and p.code = coalesce(d.parent_code, u.parent_code)
        and p.valid_from < coalesce(u.valid_to, 'infinity') and coalesce(p.valid_to, 'infinity') >= coalesce(u.valid_to, 'infinity')
      limit 1) p on true
    where ${condition}
    order by u.level, u.code, u.valid_from desc`);
  return rows.map((row) => ({
    level: row.level,
    code: row.code,
    name: row.name,
    fullName: row.full_name,
    nameEn: row.name_en,
    fullNameEn: row.full_name_en,
    parentCode: row.parent_code,
    latitude: row.latitude,
    longitude: row.longitude,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    searchName: searchable(row.full_name),
    provinceCode: row.province_code,
    provinceToday: provinceToday.get(row.province_code) ?? row.province_code,
    district: row.district === null ? null : { fullName: row.district, fullNameEn: row.district_en! },
    province:
      row.province === null ? null : { code: row.province_code, fullName: row.province, fullNameEn: row.province_en! },
  }));
}
