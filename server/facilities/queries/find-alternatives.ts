import type { Reader } from '#db/client.ts';
import { allow, query, reader } from '#server/platform/index.ts';
import { SearchFacilities } from '../inputs.ts';
import { findFacilities, nearestFacilities } from '../search.ts';
import type { Criteria } from '../search-conditions.ts';
import { facilityViews } from '../views.ts';
import type { FoundFacility } from './search-facilities.ts';

/** The criteria that can be dropped one by one, as `SearchFacilities` calls them. */
export const droppable = [
  'openNow',
  'insurance',
  'service',
  'speciality',
  'level',
  'ownership',
  'kind',
  'status',
  'wardCode',
  'provinceCode',
  'q',
] as const satisfies (keyof Criteria)[];
export type Droppable = (typeof droppable)[number];

export interface Alternatives {
  /** what dropping one criterion would find; those that would find nothing are left out */
  dropped: { criterion: Droppable; total: number }[];
  /** the next larger radius in which something is */
  wider: { radiusKm: number; total: number } | null;
  /** with `near`: the nearest of any kind */
  nearest: FoundFacility | null;
}

/** Radii in kilometres that are offered. */
export const radii = [2, 5, 10, 20, 50, 100, 300] as const;

/** What would find something when a search finds nothing. */
export const findAlternatives = query({
  input: SearchFacilities,
  load: async (db, { page: _page, pageSize: _size, ...criteria }, ctx) => {
    const at = ctx.now();
    const dropped: Alternatives['dropped'] = [];
    for (const criterion of droppable) {
      if (criteria[criterion] === undefined) continue;
      const total = await totalOf(db, { ...criteria, [criterion]: undefined }, at);
      if (total > 0) dropped.push({ criterion, total });
    }
    const nearest = criteria.near ? (await nearestFacilities(db, { near: criteria.near }, 1, at))[0] : undefined;
    return { dropped, wider: await nextRadius(db, criteria, at), nearest };
  },
  allow: () => allow,
  view: async (ctx, { dropped, wider, nearest }): Promise<Alternatives> => {
    const [view] = nearest ? await facilityViews(reader(ctx), [nearest.id], ctx.now()) : [];
    return { dropped, wider, nearest: view ? { ...view, distanceKm: nearest!.distanceKm! } : null };
  },
});

// names that merely resemble the words are no answer to a dropped filter
const totalOf = async (db: Reader, criteria: Criteria, at: Date): Promise<number> =>
  (await findFacilities(db, { ...criteria, exact: true }, { page: 1, pageSize: 1 }, at)).total;

async function nextRadius(db: Reader, criteria: Criteria, at: Date): Promise<Alternatives['wider']> {
  const { near, radiusKm } = criteria;
  if (!near || !radiusKm) return null;
  for (const wider of radii) {
    if (wider <= radiusKm) continue;
    const total = await totalOf(db, { ...criteria, radiusKm: wider }, at);
    if (total > 0) return { radiusKm: wider, total };
  }
  return null;
}
