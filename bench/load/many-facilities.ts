import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { towns } from '#db/seeds/demo/facility-places.ts';
import { seededChance, weightedOf } from '#db/seeds/demo/invent-facilities.ts';
import { type FacilityKind, facilityKinds } from '#server/facilities/rules.ts';

export interface GeneratedPoint {
  id: string;
  code: string;
  kind: FacilityKind;
  latitude: number;
  longitude: number;
}

const atOnce = 20_000;

/** A register of so many facilities around the towns of the country, beside no other. `owner` has the owner's rights. */
export async function fillFacilities(owner: Database, count: number): Promise<GeneratedPoint[]> {
  const chance = seededChance(42);
  const points: GeneratedPoint[] = [];
  await owner.execute(sql`update facilities set latitude = null, longitude = null`);
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) => {
      const town = weightedOf(towns, (each) => each[4], chance());
      // most near the middle, some far out in the country
      const spread = chance() < 0.6 ? 0.06 : 0.5;
      const around = () => (chance() + chance() + chance() - 1.5) * 2 * spread;
      return {
        id: `0193${(from + n).toString(16).padStart(4, '0').slice(0, 4)}-0000-7000-8000-${(from + n).toString(16).padStart(12, '0')}`,
        code: `BENCH-${from + n}`,
        kind: facilityKinds[Math.floor(chance() ** 2 * facilityKinds.length)]!,
        province: town[0],
        latitude: town[2] + around(),
        longitude: town[3] + around(),
      };
    });
    await owner.execute(sql`
      insert into facilities (id, code, kind, name, search_name, search_text, owner_name, address_line, province_code, latitude, longitude)
      select id, code, kind, 'Cơ sở ' || code, 'co so ' || lower(code), 'co so ' || lower(code), 'Chủ cơ sở', '1 Trần Phú', province, latitude, longitude
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as r(id uuid, code text, kind text, province text, latitude double precision, longitude double precision)`);
    points.push(...rows.map(({ province: _province, ...point }) => point));
  }
  await owner.execute(sql`analyze facilities`);
  return points;
}
