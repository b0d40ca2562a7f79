import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { settings } from '#db/schema/platform.ts';
import { newId, searchable } from '#server/platform/index.ts';
import { provincesOf, type TerritoryFacts, twoLevelsSince, wardsIn } from './rules.ts';

/** The units the project brings along: all provinces with their centres, a handful of wards. */
export interface BuiltInTerritory {
  provinces: {
    code: string;
    name: string;
    fullName: string;
    nameEn: string;
    fullNameEn: string;
    centre: [number, number];
  }[];
  wards: {
    code: string;
    name: string;
    fullName: string;
    nameEn: string;
    fullNameEn: string;
    provinceCode: string;
    centre: [number, number];
  }[];
}

/** The units to load: those of the data pack in `folder` where it has them, else the built-in ones. */
export function territoryFacts(folder: string | undefined, builtIn: BuiltInTerritory): TerritoryFacts[] {
  const provinceFile = folder && join(folder, 'vn_provinces_34.csv');
  const wardFile = folder && join(folder, 'vn_wards_3321.csv');
  const centres = new Map(builtIn.provinces.map((province) => [province.code, province.centre]));
  const provinces: TerritoryFacts[] =
    provinceFile && existsSync(provinceFile)
      ? provincesOf(readFileSync(provinceFile, 'utf8'), centres)
      : builtIn.provinces.map(({ centre: [latitude, longitude], ...names }) => ({
          level: 'province',
          ...names,
          parentCode: null,
          validFrom: twoLevelsSince,
          latitude,
          longitude,
        }));
  const wards: TerritoryFacts[] =
    wardFile && existsSync(wardFile)
      ? wardsIn(readFileSync(wardFile, 'utf8'))
      : builtIn.wards.map(({ centre: [latitude, longitude], provinceCode, ...names }) => ({
          level: 'ward',
          ...names,
          parentCode: provinceCode,
          validFrom: twoLevelsSince,
          latitude,
          longitude,
        }));
  return [...provinces, ...wards];
}

const settingKey = 'territory.loaded';

/**
 * Brings the units into the database. What is there already under the same level, code and first day is changed,
 * nothing is removed. Unchanged since the last time: does nothing.
 * @returns how many were loaded; null when there was nothing to do
 */
export async function loadTerritory(db: Database, facts: TerritoryFacts[]): Promise<number | null> {
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  const [loaded] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (loaded?.value === digest) return null;
  const rows = facts.map((unit) => ({
    id: newId(),
    level: unit.level,
    code: unit.code,
    name: unit.name,
    full_name: unit.fullName,
    name_en: unit.nameEn,
    full_name_en: unit.fullNameEn,
    parent_code: unit.parentCode,
    valid_from: unit.validFrom,
    latitude: unit.latitude,
    longitude: unit.longitude,
    search_name: searchable(unit.fullName),
  }));
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into territory_units (id, level, code, name, full_name, name_en, full_name_en, parent_code, valid_from, latitude, longitude, search_name)
      select id, level, code, name, full_name, name_en, full_name_en, parent_code, valid_from, latitude, longitude, search_name
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as u(id uuid, level text, code text, name text, full_name text, name_en text,
        full_name_en text, parent_code text, valid_from date, latitude double precision, longitude double precision, search_name text)
      on conflict (level, code, valid_from) do update set name = excluded.name, full_name = excluded.full_name,
        name_en = excluded.name_en, full_name_en = excluded.full_name_en, parent_code = excluded.parent_code,
        latitude = coalesce(excluded.latitude, territory_units.latitude), longitude = coalesce(excluded.longitude, territory_units.longitude),
        search_name = excluded.search_name`);
    await tx
      .insert(settings)
      .values({ key: settingKey, value: digest })
      .onConflictDoUpdate({ target: settings.key, set: { value: digest, updatedAt: sql`now()` } });
  });
  return rows.length;
}
