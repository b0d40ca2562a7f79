import { eq } from 'drizzle-orm';
import { documentNumbers, signedDocuments } from '#db/schema/signatures.ts';
import { localDate } from '#server/calendar/index.ts';
import { getOrganisation } from '#server/identity/index.ts';
import {
  AppError,
  command,
  freshAssurance,
  newId,
  nextNumber,
  type Person,
  type TxContext,
} from '#server/platform/index.ts';
import { IssueDocument } from '../inputs.ts';
import { type DocumentLayout, fieldNames } from '../layout/document-layout.ts';
import { canIssue } from '../policy.ts';
import { assertNext, findSealKey, lockDocument, type SignedDocument } from '../records.ts';
import { paddedNumber, printedDate } from '../rules.ts';
import { fillFields } from '../signing/fill-fields.ts';
import { locks } from '../signing/locks.ts';
import { signField } from '../signing/sign-field.ts';
import { timestamper } from '../signing/timestamp.ts';
import { openRevision } from '../store-revision.ts';
import { unlockSigner } from '../unlock-signer.ts';
import { findRepeated } from './sign-document.ts';

/** The clerk gives number and date through the prepared fields and sets the organisation's seal: the third signature. */
export const issueDocument = command({
  name: 'document.issue',
  input: IssueDocument,
  load: (ctx, input) => lockDocument(ctx, input.documentId),
  allow: (actor, document) => freshAssurance(actor, canIssue(actor, document)),
  run: async (ctx, input, document) => {
    const again = await findRepeated(ctx, document, 'seal', input.idempotencyKey);
    if (again) return { ...again, number: document.number!, issuedOn: document.issuedOn! };
    const state = assertNext(document, 'issue');
    const clerk = ctx.actor as Person;
    const key = await findSealKey(ctx.tx, document.organisationId);
    if (!key) throw new AppError('invalidState', 'signatures.errors.noSealKey');
    const signer = await unlockSigner(ctx, key, input.pin);
    const { revision, bytes, append } = await openRevision(ctx, document);
    const organisation = await getOrganisation(ctx.tx, document.organisationId);
    const issuedOn = localDate(ctx.now());
    const { value, number } = await takeNumber(ctx, document, issuedOn);
    const printed = printedDate(issuedOn);
    const numbered = await fillFields(bytes, {
      [fieldNames.number]: paddedNumber(value),
      [fieldNames.day]: printed.day,
      [fieldNames.month]: printed.month,
      [fieldNames.year]: printed.year,
    });
    const request = {
      field: fieldNames.seal,
      name: organisation.name,
      reason: 'Phát hành',
      at: ctx.now(),
      appearance: { kind: 'seal' as const, organisation: organisation.name, at: ctx.now() },
      lock: locks.seal,
    };
    const sealed = await signField(numbered, signer, request, timestamper());
    const stored = await append(sealed, {
      field: 'seal',
      signerUserId: clerk.userId,
      signingKeyId: key.id,
      signerName: organisation.name,
      idempotencyKey: input.idempotencyKey ?? null,
    });
    await ctx.tx
      .update(signedDocuments)
      .set({ state, number, numberYear: Number(printed.year), issuedOn, status: 'inForce', statusSince: ctx.now() })
      .where(eq(signedDocuments.id, document.id));
    return {
      documentId: document.id,
      fileId: stored.fileId,
      before: revision.sha256,
      sha256: stored.sha256,
      number,
      issuedOn,
    };
  },
  audit: ({ input, result }) => ({
    subjectType: 'document',
    subjectId: input.documentId,
    details: { number: result.number, field: 'seal', before: result.before, after: result.sha256 },
  }),
});

/** The next number of the organisation's register of this year and type. A rollback gives it back: no gap, no double. */
async function takeNumber(ctx: TxContext, document: SignedDocument, issuedOn: string) {
  const year = Number(issuedOn.slice(0, 4));
  const value = await nextNumber(ctx, 'document-number', `${document.organisationId}:${year}:${document.numberType}`);
  await ctx.tx.insert(documentNumbers).values({
    id: newId(),
    organisationId: document.organisationId,
    year,
    numberType: document.numberType,
    value,
    documentId: document.id,
    takenBy: (ctx.actor as Person).userId,
    takenAt: ctx.now(),
  });
  return { value, number: `${paddedNumber(value)}${suffixOf(document)}` };
}

/** What is printed behind the number. */
function suffixOf(document: SignedDocument): string {
  const { blocks } = document.layout as unknown as DocumentLayout;
  const header = blocks.find((block) => block.kind === 'header');
  return header?.number && 'field' in header.number ? header.number.suffix : `/${document.numberType}`;
}
