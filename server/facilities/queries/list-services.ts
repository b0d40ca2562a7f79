import { type SQL, sql } from 'drizzle-orm';
import type { FacilityService } from '#db/enums/facility-classification.ts';
import { allow, query, reader } from '#server/platform/index.ts';
import { ListServices } from '../inputs.ts';
import { momentFor } from '../search.ts';
import { all, type Criteria, filtersOf, wordsCondition, wordsOf } from '../search-conditions.ts';
import { type FacilityView, facilityViews } from '../views.ts';

export interface OfferedService {
  facility: FacilityView;
  service: FacilityService;
}

/** What each facility offers, one by one: everybody may ask. In the order of facility and service. */
export const listServices = query({
  input: ListServices,
  load: async (db, { page, pageSize, facilityId, service, q, ...criteria }, ctx) => {
    const words = wordsOf(q);
    if (q && words === null) return { rows: [], total: 0 };
    const conditions: SQL[] = [
      ...filtersOf(criteria as Criteria, await momentFor(db, criteria as Criteria, ctx.now())),
      ...(words ? [wordsCondition(words)] : []),
      ...(facilityId ? [sql`f.id = ${facilityId}`] : []),
      ...(service ? [sql`s.service = ${service}`] : []),
    ];
    const offered = sql`from facilities f cross join lateral unnest(f.services) as s(service) where ${all(conditions)}`;
    const [count] = await db.execute<{ n: number }>(sql`select count(*)::int as n ${offered}`);
    const rows = await db.execute<{ id: string; service: FacilityService }>(sql`
      select f.id, s.service ${offered} order by f.id, s.service limit ${pageSize} offset ${(page - 1) * pageSize}`);
    return { rows: [...rows], total: count!.n };
  },
  allow: () => allow,
  view: async (ctx, { rows, total }, { page, pageSize }) => {
    const ids = [...new Set(rows.map(({ id }) => id))];
    const views = new Map((await facilityViews(reader(ctx), ids, ctx.now())).map((view) => [view.id, view]));
    const items = rows.map(({ id, service }): OfferedService => ({ facility: views.get(id)!, service }));
    return { items, page, pageSize, total };
  },
});
