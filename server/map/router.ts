import { procedure, router, shape } from '#server/trpc/init.ts';
import { findPlace, getPlace } from './find-place.ts';
import { FindPlace, PlaceRef } from './inputs.ts';

export const mapRouter = router({
  findPlace: procedure.input(shape(FindPlace)).query(({ ctx, input }) => findPlace(ctx, input)),
  place: procedure.input(shape(PlaceRef)).query(({ ctx, input }) => getPlace(ctx, input)),
});
