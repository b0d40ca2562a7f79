import { procedure, router, shape } from '#server/trpc/init.ts';
import { attribution } from './attribution.ts';
import { findPlace, getPlace } from './find-place.ts';
import { indicators } from './indicators.ts';
import { Attribution, FindPlace, Indicators, OutlinePaths, PlaceRef } from './inputs.ts';
import { outlinePaths } from './outline-paths.ts';

export const mapRouter = router({
  attribution: procedure.input(shape(Attribution)).query(({ ctx, input }) => attribution(ctx, input)),
  findPlace: procedure.input(shape(FindPlace)).query(({ ctx, input }) => findPlace(ctx, input)),
  indicators: procedure.input(shape(Indicators)).query(({ ctx, input }) => indicators(ctx, input)),
  outlines: procedure.input(shape(OutlinePaths)).query(({ ctx, input }) => outlinePaths(ctx, input)),
  place: procedure.input(shape(PlaceRef)).query(({ ctx, input }) => getPlace(ctx, input)),
});
