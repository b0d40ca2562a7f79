import { asc, gt } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { drugs } from '#db/schema/drugs.ts';
import { type DrugView, drugViews } from './drugs.ts';

/** The next public entries behind one, by their ids: the whole register in pieces. Everybody may read it. */
export async function drugsInOrder(
  db: Reader,
  after: string | null,
  most: number,
  today: string,
): Promise<(DrugView & { closedOn: string | null })[]> {
  const rows = await db
    .select({ id: drugs.id, closedOn: drugs.closedOn })
    .from(drugs)
    .where(after === null ? undefined : gt(drugs.id, after))
    .orderBy(asc(drugs.id))
    .limit(most);
  const closed = new Map(rows.map(({ id, closedOn }) => [id, closedOn]));
  const views = await drugViews(db, [...closed.keys()], today);
  return views.map((view) => ({ ...view, closedOn: closed.get(view.id) ?? null }));
}
