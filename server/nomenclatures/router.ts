import { procedure, router, shape } from '#server/trpc/init.ts';
import { NameCodes, SearchCodes } from './inputs.ts';
import { nameCodes, searchCodes } from './queries.ts';

export const nomenclaturesRouter = router({
  search: procedure.input(shape(SearchCodes)).query(({ ctx, input }) => searchCodes(ctx, input)),
  names: procedure.input(shape(NameCodes)).query(({ ctx, input }) => nameCodes(ctx, input)),
});
