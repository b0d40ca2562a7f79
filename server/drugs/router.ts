import { procedure, router, shape } from '#server/trpc/init.ts';
import { DrugRef, SearchDrugs } from './inputs.ts';
import { getDrug, searchDrugs } from './queries/drugs.ts';

export const drugsRouter = router({
  search: procedure.input(shape(SearchDrugs)).query(({ ctx, input }) => searchDrugs(ctx, input)),
  get: procedure.input(shape(DrugRef)).query(({ ctx, input }) => getDrug(ctx, input)),
});
