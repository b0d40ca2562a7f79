import { createHash } from 'node:crypto';
import { signedDocuments } from '#db/schema/signatures.ts';
import { env } from '#server/platform/env.ts';
import { command, newId, newSecret, nothing, personId } from '#server/platform/index.ts';
import { PrepareDocument } from '../inputs.ts';
import { type DocumentLayout, fieldNames } from '../layout/document-layout.ts';
import { fillTemplate } from '../layout/fill-template.ts';
import { canPrepare } from '../policy.ts';
import { renderDocument } from '../render/render-document.ts';
import { storeRevision } from '../store-revision.ts';

/** Draws a document from its template and keeps it as a draft: the exact bytes that will be initialled. */
export const prepareDocument = command({
  name: 'document.prepare',
  input: PrepareDocument,
  load: nothing,
  allow: (actor, _subject, input) => canPrepare(actor, input.organisationId),
  run: async (ctx, input) => {
    const id = newId();
    const verifyCode = newSecret(10);
    const layout = fillTemplate(input.layout, {
      createdAt: ctx.now().toISOString(),
      ...input.data,
      verifyCode,
      verifyUrl: `${env().appUrl}/verify/${verifyCode}`,
    });
    const document = {
      id,
      kind: input.kind,
      organisationId: input.organisationId,
      subjectType: input.subjectType,
      subjectId: input.subjectId,
      title: input.title.normalize('NFC'),
      numberType: input.numberType.normalize('NFC'),
      layout: layout as unknown as Record<string, unknown>,
      layoutSha256: createHash('sha256').update(JSON.stringify(layout)).digest('hex'),
      verifyCode,
      expectedFields: signatureFields(layout),
      draftedBy: personId(ctx.actor),
      validTo: input.validTo ?? null,
      createdAt: ctx.now(),
    };
    await ctx.tx.insert(signedDocuments).values(document);
    const revision = await storeRevision(ctx, document, 0, await renderDocument(layout));
    return { documentId: id, verifyCode, fileId: revision.fileId, sha256: revision.sha256 };
  },
  audit: ({ input, result }) => ({
    subjectType: 'document',
    subjectId: result.documentId,
    details: { kind: input.kind, about: `${input.subjectType}:${input.subjectId}`, after: result.sha256 },
  }),
});

/** The signatures the layout has room for, in the order they are set. */
function signatureFields(layout: DocumentLayout): string[] {
  const placed = layout.blocks.flatMap((block) =>
    block.kind === 'signatures' ? block.signers.flatMap(({ fields }) => fields) : [],
  );
  return [fieldNames.initial, fieldNames.leader, fieldNames.seal].filter((field) => placed.includes(field));
}
