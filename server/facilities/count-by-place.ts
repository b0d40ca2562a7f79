import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';

/** What is counted: facilities, pharmacies and drug counters, or beds. */
export type Measure = 'facilities' | 'pharmacies' | 'beds';

/**
 * How many are allowed to work on a day, by code of the province, or of the ward within one province. A licence that was
 * suspended without an end counts as suspended since; what lifted suspensions looked like before is not kept in its row.
 */
export async function countByPlace(
  db: Reader,
  { measure, on, provinceCode }: { measure: Measure; on: string; provinceCode?: string },
): Promise<Map<string, number>> {
  const place = provinceCode ? sql`f.ward_code` : sql`f.province_code`;
  const what =
    measure === 'beds' ? sql`coalesce(sum((select sum(value::int) from jsonb_each_text(f.beds))), 0)` : sql`count(*)`;
  const rows = await db.execute<{ code: string | null; n: number }>(sql`
    select ${place} as code, ${what}::int as n from facilities f
    where (f.closed_on is null or f.closed_on > ${on}::date)
      and ${measure === 'pharmacies' ? sql`f.kind in ('pharmacy', 'drug-counter')` : sql`true`}
      and ${provinceCode ? sql`f.province_code = ${provinceCode}` : sql`true`}
      and exists (select 1 from facility_licences l where l.facility_id = f.id and l.valid_from <= ${on}::date
        and (l.valid_to is null or l.valid_to >= ${on}::date)
        and (l.revoked_at is null or l.revoked_at >= (${on}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and (l.superseded_at is null or l.superseded_at >= (${on}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and (l.suspended_at is null or l.suspended_at >= (${on}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' or l.suspended_until < ${on}::date))
    group by 1`);
  return new Map(rows.flatMap(({ code, n }) => (code === null ? [] : [[code, n] as const])));
}
