import { allow, query, reader } from '#server/platform/index.ts';
import { SearchFacilities } from '../inputs.ts';
import { findFacilities } from '../search.ts';
import { type FacilityView, facilityViews } from '../views.ts';

export interface FoundFacility extends FacilityView {
  /** with `near`: great-circle distance in kilometres */
  distanceKm?: number;
}

export interface FacilityList {
  items: FoundFacility[];
  page: number;
  pageSize: number;
  total: number;
  /** true: nothing had the very words, these resemble them */
  forgiving: boolean;
}

/** The public finder: everyone may use it. `total` counts all that match, `items` is one page of them, in order. */
export const searchFacilities = query({
  input: SearchFacilities,
  load: (db, { page, pageSize, ...criteria }, ctx) => findFacilities(db, criteria, { page, pageSize }, ctx.now()),
  allow: () => allow,
  view: async (ctx, { hits, total, forgiving }, { page, pageSize }): Promise<FacilityList> => {
    const views = await facilityViews(
      reader(ctx),
      hits.map((hit) => hit.id),
      ctx.now(),
    );
    const byId = new Map(views.map((view) => [view.id, view]));
    const items = hits.map(({ id, distanceKm }) => ({
      ...byId.get(id)!,
      ...(distanceKm === null ? {} : { distanceKm }),
    }));
    return { items, page, pageSize, total, forgiving };
  },
});
