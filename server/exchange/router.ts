import { z } from 'zod';
import { limited, procedure, router, shape } from '#server/trpc/init.ts';
import { ListHeads, listHeads } from './audit/queries.ts';
import {
  CodeOfDocument,
  DocumentIds,
  findIssued,
  searchIssued,
  verifyCodes,
  WordsOfDocument,
} from './issued-documents.ts';
import { openData } from './open-data/open-data.ts';
import { scannerStatus } from './scanner-status.ts';
import {
  addWebhook,
  pingWebhook,
  replayDelivery,
  rotateSecret,
  setWebhookState,
  tryWebhook,
} from './webhooks/commands.ts';
import { AddWebhook, ListDeliveries, ReplayDelivery, SetWebhookState, WebhookRef } from './webhooks/inputs.ts';
import { getWebhook, listWebhooks } from './webhooks/queries.ts';

export const exchangeRouter = router({
  issued: procedure.input(shape(CodeOfDocument)).query(({ ctx, input }) => findIssued(ctx, input)),
  findIssued: procedure.input(shape(WordsOfDocument)).query(({ ctx, input }) => searchIssued(ctx, input)),
  scannerStatus: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => scannerStatus(ctx, input)),
  auditHeads: procedure.input(shape(ListHeads)).query(({ ctx, input }) => listHeads(ctx, input)),
  openData: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => openData(ctx, input)),
  webhooks: procedure.input(shape(z.strictObject({}))).query(({ ctx, input }) => listWebhooks(ctx, input)),
  webhook: procedure.input(shape(ListDeliveries)).query(({ ctx, input }) => getWebhook(ctx, input)),
  addWebhook: limited('webhook-add', 50)
    .input(shape(AddWebhook))
    .mutation(({ ctx, input }) => addWebhook(ctx, input)),
  setWebhookState: procedure.input(shape(SetWebhookState)).mutation(({ ctx, input }) => setWebhookState(ctx, input)),
  pingWebhook: limited('webhook-ping', 100)
    .input(shape(WebhookRef))
    .mutation(({ ctx, input }) => pingWebhook(ctx, input)),
  tryWebhook: limited('webhook-try', 100)
    .input(shape(WebhookRef))
    .mutation(({ ctx, input }) => tryWebhook(ctx, input)),
  rotateSecret: limited('webhook-rotate', 50)
    .input(shape(WebhookRef))
    .mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  replayDelivery: procedure.input(shape(ReplayDelivery)).mutation(({ ctx, input }) => replayDelivery(ctx, input)),
  verifyCodes: procedure.input(shape(DocumentIds)).query(({ ctx, input }) => verifyCodes(ctx, input)),
});
