import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Context, reader } from '#server/platform/index.ts';
import { anyInForceOn } from './licence-history.ts';
import { judgePlaces } from './places/settle-places.ts';

/** What is counted: facilities, pharmacies and drug counters, or beds. */
export type Measure = 'facilities' | 'pharmacies' | 'beds';

interface Asked {
  measure: Measure;
  /** `yyyy-mm-dd` */
  on: string;
  provinceCode?: string;
}

/**
 * How many were allowed to work on a day, by code of the province of today, or of the ward within one. Kind, beds and place
 * are those the register says of that day; a place of then is counted where it lies today.
 */
export async function countByPlace(ctx: Context, asked: Asked): Promise<Map<string, number>> {
  const db = reader(ctx);
  const today = localDate(ctx.now());
  const counted = asked.on >= today ? await countPresent(db, asked) : await countPast(db, asked, today);
  const sums = new Map<string, number>();
  for (const { code, n } of counted) if (code !== null) sums.set(code, (sums.get(code) ?? 0) + n);
  return sums;
}

interface Counted extends Record<string, unknown> {
  code: string | null;
  n: number;
}

const bedsOf = (beds: SQL): SQL =>
  sql`coalesce(sum((select sum(value::int) from jsonb_each_text(case when jsonb_typeof(${beds}) = 'object' then ${beds} end))), 0)`;
const howMany = (measure: Measure, beds: SQL): SQL => (measure === 'beds' ? bedsOf(beds) : sql`count(*)`);
const isMeasured = (measure: Measure, kind: SQL): SQL =>
  measure === 'pharmacies' ? sql`${kind} in ('pharmacy', 'drug-counter')` : sql`true`;

/** From today on: what search and map show. */
const countPresent = (db: Reader, { measure, on, provinceCode }: Asked) =>
  db.execute<Counted>(sql`
    select ${provinceCode ? sql`f.ward_code` : sql`f.province_code`} as code, ${howMany(measure, sql`f.beds`)}::int as n
    from facilities f
    where (f.closed_on is null or f.closed_on > ${on}::date) and ${isMeasured(measure, sql`f.kind`)}
      and ${provinceCode ? sql`f.province_code = ${provinceCode}` : sql`true`} and ${anyInForceOn(sql`f.id`, on)}
    group by 1`);

interface Group extends Record<string, unknown> {
  province: string;
  ward: string | null;
  latitude: number | null;
  longitude: number | null;
  recorded: string | null;
  n: number;
}

/**
 * Of a day gone by: what the versions say. Facilities that stand where they stood are counted at the ward that was settled for
 * them; those that moved since at the one their place of then is judged to be.
 */
async function countPast(db: Reader, { measure, on, provinceCode }: Asked, today: string): Promise<Counted[]> {
  const text = (name: string) => sql`s.content ->> ${name}`;
  const saidOn = (day: string) => sql`
    select distinct on (v.entry_id) v.entry_id as id, v.content, v.closed, v.recorded_at
    from register_versions v join register_entries e on e.id = v.entry_id
    where e.register = 'facilities' and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)
    order by v.entry_id, v.id desc`;
  const groups = await db.execute<Group>(sql`
    with said as materialized (${saidOn(on)}), present as materialized (${saidOn(today)}),
    placed as (
      select s.*, p.id is not null and s.content -> 'provinceCode' is not distinct from p.content -> 'provinceCode'
        and s.content ->> 'wardCode' is not distinct from p.content ->> 'wardCode'
        and s.content ->> 'latitude' is not distinct from p.content ->> 'latitude'
        and s.content ->> 'longitude' is not distinct from p.content ->> 'longitude' as stayed
      from said s left join present p on p.id = s.id
      where not s.closed and ${isMeasured(measure, text('kind'))} and ${anyInForceOn(sql`s.id`, on)})
    select coalesce(case when s.stayed then f.province_code end, ${text('provinceCode')}) as province,
      case when s.stayed then f.ward_code else ${text('wardCode')} end as ward,
      case when not s.stayed then (${text('latitude')})::float8 end as latitude,
      case when not s.stayed then (${text('longitude')})::float8 end as longitude,
      case when not s.stayed then to_char(s.recorded_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') end as recorded,
      ${howMany(measure, sql`(s.content -> 'beds')`)}::int as n
    from placed s left join facilities f on f.id = s.id
    ${provinceCode ? sql`where coalesce(case when s.stayed then f.province_code end, ${text('provinceCode')}) = ${provinceCode}` : sql``}
    group by 1, 2, 3, 4, 5`);
  if (!provinceCode) return groups.map(({ province, n }) => ({ code: province, n }));
  const moved = groups.filter(({ recorded }) => recorded !== null);
  const wards = await wardsToday(db, moved, today);
  return groups.map((group) => ({
    code: wards.get(group) ?? (group.recorded === null ? group.ward : null),
    n: group.n,
  }));
}

/** The wards of today in which places lie that were said before. */
async function wardsToday(db: Reader, groups: readonly Group[], today: string): Promise<Map<Group, string | null>> {
  const rows = groups.map(({ province, ward, latitude, longitude, recorded }) => ({
    entryId: '',
    content: { provinceCode: province, wardCode: ward, latitude, longitude },
    recordedOn: recorded ?? today,
    closedOn: null,
  }));
  const judged = await judgePlaces(db, rows, today);
  return new Map(groups.map((group, index) => [group, judged[index]!.shown.wardCode]));
}
