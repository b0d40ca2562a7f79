import { procedure, router, shape } from '#server/trpc/init.ts';
import { DocumentIds, findIssued, searchIssued, VerifyCode, verifyCodes, Words } from './issued-documents.ts';

export const exchangeRouter = router({
  issued: procedure.input(shape(VerifyCode)).query(({ ctx, input }) => findIssued(ctx, input)),
  findIssued: procedure.input(shape(Words)).query(({ ctx, input }) => searchIssued(ctx, input)),
  verifyCodes: procedure.input(shape(DocumentIds)).query(({ ctx, input }) => verifyCodes(ctx, input)),
});
