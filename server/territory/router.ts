import { procedure, router, shape } from '#server/trpc/init.ts';
import { LookUpPlace, Point, SearchTerritory, UnitsOf, UnitsOn } from './inputs.ts';
import { findPlaceAt, findPlaces, listDistricts, listProvinces, listWards, lookUpPlace } from './queries.ts';

export const territoryRouter = router({
  provinces: procedure.input(shape(UnitsOn)).query(({ ctx, input }) => listProvinces(ctx, input)),
  districts: procedure.input(shape(UnitsOf)).query(({ ctx, input }) => listDistricts(ctx, input)),
  wards: procedure.input(shape(UnitsOf)).query(({ ctx, input }) => listWards(ctx, input)),
  search: procedure.input(shape(SearchTerritory)).query(({ ctx, input }) => findPlaces(ctx, input)),
  lookUp: procedure.input(shape(LookUpPlace)).query(({ ctx, input }) => lookUpPlace(ctx, input)),
  placeAt: procedure.input(shape(Point)).query(({ ctx, input }) => findPlaceAt(ctx, input)),
});
