import { eq } from 'drizzle-orm';
import { documentNumbers, signedDocuments } from '#db/schema/signatures.ts';
import { AppError, command, freshAssurance } from '#server/platform/index.ts';
import { CancelDocument, ChangeDocumentStatus, ReturnDocument } from '../inputs.ts';
import { canCancel, canChangeStatus, canReturn } from '../policy.ts';
import { assertNext, lockDocument } from '../records.ts';

/** Head, leader or clerk gives a draft back with the reason. It is drawn and signed anew as another document. */
export const returnDocument = command({
  name: 'document.return',
  input: ReturnDocument,
  load: (ctx, input) => lockDocument(ctx, input.documentId),
  allow: (actor, document) => canReturn(actor, document),
  run: async (ctx, input, document) => {
    const state = assertNext(document, 'return');
    await ctx.tx
      .update(signedDocuments)
      .set({ state, closedReason: input.reason })
      .where(eq(signedDocuments.id, document.id));
    return { documentId: document.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'document',
    subjectId: input.documentId,
    details: { from: subject.state },
  }),
});

/**
 * Takes back a document that was not issued. Taking back twice changes nothing. What was issued is revoked instead:
 * its number stays in the register.
 */
export const cancelDocument = command({
  name: 'document.cancel',
  input: CancelDocument,
  load: (ctx, input) => lockDocument(ctx, input.documentId),
  allow: (actor, document) => canCancel(actor, document),
  run: async (ctx, input, document) => {
    if (document.state === 'cancelled') return { documentId: document.id };
    const state = assertNext(document, 'cancel');
    await ctx.tx
      .update(signedDocuments)
      .set({ state, closedReason: input.reason })
      .where(eq(signedDocuments.id, document.id));
    return { documentId: document.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'document',
    subjectId: input.documentId,
    details: { from: subject.state },
  }),
});

/** Suspends, revokes, supersedes or puts back in force an issued document. A revoked one stays revoked; its number is marked. */
export const changeDocumentStatus = command({
  name: 'document.changeStatus',
  input: ChangeDocumentStatus,
  load: (ctx, input) => lockDocument(ctx, input.documentId),
  allow: (actor, document) => freshAssurance(actor, canChangeStatus(actor, document)),
  run: async (ctx, input, document) => {
    const final = document.status === 'revoked' || document.status === 'superseded';
    if (document.state !== 'issued' || final) throw new AppError('invalidState', 'signatures.errors.wrongState');
    await ctx.tx
      .update(signedDocuments)
      .set({ status: input.status, statusSince: ctx.now(), statusReason: input.reason })
      .where(eq(signedDocuments.id, document.id));
    if (input.status === 'revoked') {
      await ctx.tx
        .update(documentNumbers)
        .set({ cancelledAt: ctx.now(), cancelledReason: input.reason })
        .where(eq(documentNumbers.documentId, document.id));
    }
    return { documentId: document.id, status: input.status };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'document',
    subjectId: input.documentId,
    details: { from: subject.status, to: input.status },
  }),
});
