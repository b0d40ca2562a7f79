import { and, asc, gt, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';
import { notMerged } from '../search-conditions.ts';
import { type FacilityView, facilityViews } from '../views.ts';

/** The next public entries behind one, closed ones too, merged ones not, by their ids: the whole register in pieces. Everybody may read it. */
export async function facilitiesInOrder(
  db: Reader,
  after: string | null,
  most: number,
  at: Date,
): Promise<FacilityView[]> {
  const rows = await db
    .select({ id: facilities.id })
    .from(facilities)
    .where(and(after === null ? undefined : gt(facilities.id, after), notMerged(sql`${facilities.id}`)))
    .orderBy(asc(facilities.id))
    .limit(most);
  const ids = rows.map(({ id }) => id);
  const views = new Map((await facilityViews(db, ids, at)).map((view) => [view.id, view]));
  return ids.map((id) => views.get(id)!);
}
