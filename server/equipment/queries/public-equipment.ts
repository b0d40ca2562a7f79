import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { getNotice } from '#server/devices/index.ts';
import { allow, as, type Context, query, reader, systemActor } from '#server/platform/index.ts';
import { mergedInto } from '#server/registers/index.ts';
import { FacilityOnly, NoticeOnly } from '../inputs.ts';
import { statusOnDay } from '../records.ts';

/** Everybody may know what works where; serial numbers stay with the keepers, so the system counts. */
const counting = (ctx: Context): Reader => reader(as(ctx, systemActor('equipment')));

/** The facility an entry was merged into in the end, or itself: its machines are there. */
const lastOf = (id: SQL): SQL => sql`(with recursive up as (
  select e.id, e.merged_into from register_entries e where e.id = ${id}
  union select e.id, e.merged_into from register_entries e join up on e.id = up.merged_into)
  select up.id from up where up.merged_into is null)`;

export interface WorkingEquipment {
  deviceId: string;
  name: string;
  model: string;
  type: string;
  count: number;
}

/** The machines of a facility, and of entries merged into it, that work today, by model. */
export const facilityEquipment = query({
  input: FacilityOnly,
  load: (db, { facilityId }) => mergedInto(db, facilityId),
  allow: () => allow,
  view: async (ctx, entries): Promise<WorkingEquipment[]> => {
    const rows = await counting(ctx).execute<{ id: string; name: string; model: string; type: string; n: number }>(sql`
      select d.id, d.name, d.model, d.type, count(*)::int as n from equipment_units u join devices d on d.id = u.device_id
      where u.facility_id = any (${sql.param(entries)}::uuid[]) and ${statusOnDay(localDate(ctx.now()))} = 'working'
      group by d.id order by d.type collate "vi-x-icu", d.name collate "vi-x-icu", d.model`);
    return rows.map(({ id, name, model, type, n }) => ({ deviceId: id, name, model, type, count: n }));
  },
});

export interface LotHolder {
  facilityId: string;
  name: string;
  provinceCode: string;
  deviceId: string;
  device: string;
  lot: string | null;
  count: number;
}

/** Every facility that reported machines of the models and lots a notice names, but for those it has given up. */
export const noticeHolders = query({
  input: NoticeOnly,
  load: (_db, { noticeId }, ctx) => getNotice(ctx, { id: noticeId }),
  allow: () => allow,
  view: async (ctx, notice): Promise<LotHolder[]> => {
    const rows = await counting(ctx).execute<{
      facility_id: string;
      name: string;
      province_code: string;
      device_id: string;
      device: string;
      lot: string | null;
      n: number;
    }>(sql`
      select f.id as facility_id, f.name, f.province_code, d.id as device_id, concat_ws(' ', d.name, d.model) as device, u.lot, count(*)::int as n
      from device_notice_models m join equipment_units u on u.device_id = m.device_id
        and (cardinality(m.lots) = 0 or u.lot = any (m.lots))
      join devices d on d.id = u.device_id join facilities f on f.id = ${lastOf(sql`u.facility_id`)}
      where m.notice_id = ${notice.id} and ${statusOnDay(localDate(ctx.now()))} <> 'decommissioned'
      group by f.id, d.id, u.lot order by f.name collate "vi-x-icu", f.id, d.name, u.lot`);
    return rows.map((row) => ({
      facilityId: row.facility_id,
      name: row.name,
      provinceCode: row.province_code,
      deviceId: row.device_id,
      device: row.device,
      lot: row.lot,
      count: row.n,
    }));
  },
});

/** How many machines worked on a day, by code of the province, or of the ward within one province. Everybody may know. */
export async function workingByPlace(
  ctx: Context,
  { on, provinceCode, emdn, type }: { on: string; provinceCode?: string; emdn?: string; type?: string },
): Promise<Map<string, number>> {
  const place = provinceCode ? sql`f.ward_code` : sql`f.province_code`;
  const rows = await counting(ctx).execute<{ code: string | null; n: number }>(sql`
    select ${place} as code, count(*)::int as n from equipment_units u join facilities f on f.id = ${lastOf(sql`u.facility_id`)}
      left join devices d on d.id = u.device_id
    where ${statusOnDay(on)} = 'working' and (f.closed_on is null or f.closed_on > ${on}::date)
      and ${provinceCode ? sql`f.province_code = ${provinceCode}` : sql`true`}
      and ${emdn ? sql`starts_with(d.emdn, ${emdn})` : sql`true`} and ${type ? sql`d.type = ${type}` : sql`true`}
    group by 1`);
  return new Map(rows.flatMap(({ code, n }) => (code === null ? [] : [[code, n] as const])));
}

/** The types of devices of which any facility has reported a machine, by the alphabet. */
export async function reportedTypes(ctx: Context): Promise<string[]> {
  const rows = await counting(ctx).execute<{ type: string }>(sql`
    select d.type from devices d where exists (select 1 from equipment_units u where u.device_id = d.id)
    group by d.type order by d.type collate "vi-x-icu"`);
  return rows.map(({ type }) => type);
}
