import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { TxContext } from '#server/platform/index.ts';

/** A facility `id` and all entries that were merged into it, over any number of steps, as a list of ids; `by`: had been by a day. */
export const itselfAndMerged = (id: SQL, by?: string): SQL => sql`array(with recursive same as (
  select ${id} as id union select e.id from register_entries e join same s on e.merged_into = s.id
    ${by === undefined ? sql`` : sql`and e.closed_on <= ${by}::date`}) select id from same)`;

/**
 * Licences of entries that were merged belong to the entry that stays: who holds one is licensed, whichever of two entries it was
 * written to. Which it was is kept: of a day before the merge it was that one's. @returns the entries that stay
 */
export async function followMerges(ctx: TxContext, ids: readonly string[]): Promise<string[]> {
  const merged = sql`e.id = any (${sql.param(ids)}::uuid[]) and e.merged_into is not null`;
  await ctx.tx.execute(sql`
    update facility_licences l set facility_id = e.merged_into, written_to = coalesce(l.written_to, l.facility_id) from register_entries e where e.id = l.facility_id and ${merged}`);
  const rows = await ctx.tx.execute<{ id: string }>(
    sql`select distinct e.merged_into as id from register_entries e where ${merged}`,
  );
  return rows.map(({ id }) => id);
}

/** The codes of entries that were merged into some facilities: one finds those by them. */
export async function codesOfMerged(db: Reader, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ into: string; code: string }>(sql`
    with recursive same as (
      select e.id, e.merged_into as into from register_entries e where e.merged_into = any (${sql.param(ids)}::uuid[])
      union select e.id, s.into from register_entries e join same s on e.merged_into = s.id)
    select s.into, f.code from same s join facilities f on f.id = s.id order by f.code`);
  const codes = new Map<string, string[]>();
  for (const { into, code } of rows) codes.set(into, [...(codes.get(into) ?? []), code]);
  return codes;
}
