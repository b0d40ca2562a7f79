import { inArray } from 'drizzle-orm';
import { facilities } from '#db/schema/facilities.ts';
import { allow, query } from '#server/platform/index.ts';
import { SearchFacilities } from '../inputs.ts';
import { findFacilities } from '../search.ts';

/** A facility as a dot on a map. */
export interface Dot {
  id: string;
  kind: string;
  name: string;
  latitude: number;
  longitude: number;
}

/** More dots than this are tiles. */
export const mostDots = 500;

/** Where the first found of a search are, in the order of its list: what a map draws that may not name the place searched from. */
export const listDots = query({
  input: SearchFacilities,
  load: async (db, { page: _page, pageSize: _size, ...criteria }, ctx): Promise<Dot[]> => {
    const { hits } = await findFacilities(db, criteria, { page: 1, pageSize: mostDots }, ctx.now());
    if (hits.length === 0) return [];
    const ids = hits.map(({ id }) => id);
    const { id, kind, name, latitude, longitude } = facilities;
    const rows = await db.select({ id, kind, name, latitude, longitude }).from(facilities).where(inArray(id, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((each) => {
      const row = byId.get(each);
      if (row?.latitude == null || row.longitude == null) return [];
      return [{ ...row, latitude: row.latitude, longitude: row.longitude }];
    });
  },
  allow: () => allow,
  view: (_ctx, dots) => dots,
});
