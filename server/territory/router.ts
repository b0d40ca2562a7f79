import { procedure, router, shape } from '#server/trpc/init.ts';
import { Everything, SearchTerritory, WardsOf } from './inputs.ts';
import { findPlaces, listProvinces, listWards } from './queries.ts';

export const territoryRouter = router({
  provinces: procedure.input(shape(Everything)).query(({ ctx, input }) => listProvinces(ctx, input)),
  wards: procedure.input(shape(WardsOf)).query(({ ctx, input }) => listWards(ctx, input)),
  search: procedure.input(shape(SearchTerritory)).query(({ ctx, input }) => findPlaces(ctx, input)),
});
