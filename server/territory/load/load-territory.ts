import { eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '#db/client.ts';
import { settings } from '#db/schema/platform.ts';
import { newId, searchable } from '#server/platform/index.ts';
import type { SuccessionFacts, TerritoryFacts } from './facts.ts';
import type { TerritoryPack } from './territory-pack.ts';

const settingKey = 'territory.loaded';

export interface LoadedTerritory {
  units: number;
  successions: number;
  remarks: string[];
}

/**
 * Brings the units into the database, and what became of them. A unit that is there already under the same level, code and
 * first day is changed, none is removed. Unchanged since the last time: does nothing, and reads no file twice.
 * @returns what was loaded; null when there was nothing to do
 */
export async function loadTerritory(db: Database, pack: TerritoryPack): Promise<LoadedTerritory | null> {
  const [loaded] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (loaded?.value === pack.digest) return null;
  const { units, successions, remarks } = pack.read();
  await db.transaction(async (tx) => {
    await enterUnits(tx, units);
    await enterSuccessions(tx, successions);
    await tx
      .insert(settings)
      .values({ key: settingKey, value: pack.digest })
      .onConflictDoUpdate({ target: settings.key, set: { value: pack.digest, updatedAt: sql`now()` } });
  });
  return { units: units.length, successions: successions.length, remarks };
}

async function enterUnits(tx: Tx, units: TerritoryFacts[]): Promise<void> {
  const rows = units.map((unit) => ({
    id: newId(),
    level: unit.level,
    code: unit.code,
    name: unit.name,
    full_name: unit.fullName,
    name_en: unit.nameEn,
    full_name_en: unit.fullNameEn,
    parent_code: unit.parentCode,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
    latitude: unit.latitude,
    longitude: unit.longitude,
    search_name: searchable(unit.fullName),
  }));
  await tx.execute(sql`
    insert into territory_units (id, level, code, name, full_name, name_en, full_name_en, parent_code, valid_from, valid_to, latitude, longitude, search_name)
    select id, level, code, name, full_name, name_en, full_name_en, parent_code, valid_from, valid_to, latitude, longitude, search_name
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as u(id uuid, level text, code text, name text, full_name text, name_en text,
      full_name_en text, parent_code text, valid_from date, valid_to date, latitude double precision, longitude double precision, search_name text)
    on conflict (level, code, valid_from) do update set name = excluded.name, full_name = excluded.full_name,
      name_en = excluded.name_en, full_name_en = excluded.full_name_en, parent_code = excluded.parent_code, valid_to = excluded.valid_to,
      latitude = coalesce(excluded.latitude, territory_units.latitude), longitude = coalesce(excluded.longitude, territory_units.longitude),
      search_name = excluded.search_name`);
}

/** What the pack says of a unit takes the place of what was said of it before. */
async function enterSuccessions(tx: Tx, successions: SuccessionFacts[]): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(successions)}::text::jsonb) as s("fromLevel" text, "fromCode" text, "fromValidFrom" date,
    "toLevel" text, "toCode" text, "toValidFrom" date, divided boolean, merged boolean, resolution text)`;
  await tx.execute(sql`
    delete from territory_successions where (from_level, from_code, from_valid_from) in (select "fromLevel", "fromCode", "fromValidFrom" from ${rows})`);
  await tx.execute(sql`
    insert into territory_successions (from_level, from_code, from_valid_from, to_level, to_code, to_valid_from, divided, merged, resolution)
    select "fromLevel", "fromCode", "fromValidFrom", "toLevel", "toCode", "toValidFrom", divided, merged, resolution from ${rows}`);
}
