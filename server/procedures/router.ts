import { procedure, router, shape } from '#server/trpc/init.ts';
import { Catalogue, Guide, ProcedureByKey, VersionById } from './inputs.ts';
import { askGuide, catalogue, getProcedure, getProcedureVersion, sectors } from './queries.ts';

export const proceduresRouter = router({
  catalogue: procedure.input(shape(Catalogue)).query(({ ctx, input }) => catalogue(ctx, input)),
  sectors: procedure.query(({ ctx }) => sectors(ctx, {})),
  get: procedure.input(shape(ProcedureByKey)).query(({ ctx, input }) => getProcedure(ctx, input)),
  version: procedure.input(shape(VersionById)).query(({ ctx, input }) => getProcedureVersion(ctx, input)),
  guide: procedure.input(shape(Guide)).query(({ ctx, input }) => askGuide(ctx, input)),
});
