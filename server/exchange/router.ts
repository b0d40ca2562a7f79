import { z } from 'zod';
import { procedure, router, shape } from '#server/trpc/init.ts';
import { ListHeads, listHeads } from './audit/queries.ts';
import {
  CodeOfDocument,
  DocumentIds,
  findIssued,
  searchIssued,
  verifyCodes,
  WordsOfDocument,
} from './issued-documents.ts';
import { scannerStatus } from './scanner-status.ts';

export const exchangeRouter = router({
  issued: procedure.input(shape(CodeOfDocument)).query(({ ctx, input }) => findIssued(ctx, input)),
  findIssued: procedure.input(shape(WordsOfDocument)).query(({ ctx, input }) => searchIssued(ctx, input)),
  scannerStatus: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => scannerStatus(ctx, input)),
  auditHeads: procedure.input(shape(ListHeads)).query(({ ctx, input }) => listHeads(ctx, input)),
  verifyCodes: procedure.input(shape(DocumentIds)).query(({ ctx, input }) => verifyCodes(ctx, input)),
});
