import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';

/** When something was last recorded of a facility `f` or of one of its licences. */
export const lastChange: SQL = sql`greatest(
  (select max(v.recorded_at) from register_versions v where v.entry_id = f.id),
  (select max(c.recorded_at) from facility_changes c where c.facility_id = f.id), f.created_at)`;

/** The same of some facilities, by id. */
export async function lastChanges(db: Reader, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; at: string }>(sql`
    select f.id, ${lastChange} as at from facilities f where f.id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(rows.map(({ id, at }) => [id, new Date(at)]));
}
