import { eq } from 'drizzle-orm';
import { signedDocuments } from '#db/schema/signatures.ts';
import { postOf } from '#server/identity/index.ts';
import {
  type Actor,
  AppError,
  command,
  freshAssurance,
  type Person,
  type TxContext,
  type Verdict,
} from '#server/platform/index.ts';
import { SignDocument } from '../inputs.ts';
import { fieldNames } from '../layout/document-layout.ts';
import { canInitial, canSign } from '../policy.ts';
import { assertNext, findPersonKey, lockDocument, revisionsOf, type SignedDocument } from '../records.ts';
import { locks } from '../signing/locks.ts';
import { signField } from '../signing/sign-field.ts';
import { timestamper } from '../signing/timestamp.ts';
import { openRevision } from '../store-revision.ts';
import { unlockSigner } from '../unlock-signer.ts';

interface PersonalSignature {
  name: string;
  action: 'initial' | 'sign';
  field: 'initial' | 'leader';
  reason: string;
  allow: (actor: Actor, document: SignedDocument) => Verdict;
}

/** A person's signature over exactly the bytes they were shown. Together with a second try of the same key: one signature. */
const personalSignature = (of: PersonalSignature) =>
  command({
    name: of.name,
    input: SignDocument,
    load: (ctx, input) => lockDocument(ctx, input.documentId),
    allow: (actor, document) => of.allow(actor, document),
    run: async (ctx, input, document) => {
      const again = await findRepeated(ctx, document, of.field, input.idempotencyKey);
      if (again) return again;
      const state = assertNext(document, of.action);
      const { revision, bytes, append } = await openRevision(ctx, document);
      if (revision.sha256 !== input.sha256) throw new AppError('conflict', 'signatures.errors.baseChanged');
      const { userId, name } = ctx.actor as Person;
      const key = await findPersonKey(ctx.tx, userId);
      if (!key) throw new AppError('invalidState', 'signatures.errors.noKey');
      const signer = await unlockSigner(ctx, key, input.pin);
      const request = {
        field: fieldNames[of.field],
        name,
        reason: of.reason,
        at: ctx.now(),
        appearance: { kind: of.field === 'initial' ? ('initial' as const) : ('handwritten' as const), name },
        lock: locks[of.field],
      };
      const next = await signField(bytes, signer, request, timestamper());
      const stored = await append(next, {
        field: of.field,
        signerUserId: userId,
        signingKeyId: key.id,
        signerName: name,
        signerTitle: (await postOf(ctx.tx, userId, ctx.now()))?.title ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
      });
      await ctx.tx.update(signedDocuments).set({ state }).where(eq(signedDocuments.id, document.id));
      return { documentId: document.id, fileId: stored.fileId, before: revision.sha256, sha256: stored.sha256 };
    },
    audit: ({ input, result }) => ({
      subjectType: 'document',
      subjectId: input.documentId,
      details: { field: of.field, before: result.before, after: result.sha256 },
    }),
  });

/** What the first submission of the same form led to. */
export async function findRepeated(ctx: TxContext, document: SignedDocument, field: string, key: string | undefined) {
  if (key === undefined) return undefined;
  const revisions = await revisionsOf(ctx.tx, document.id);
  const at = revisions.findIndex((revision) => revision.idempotencyKey === key && revision.field === field);
  const found = revisions[at];
  return (
    found && { documentId: document.id, fileId: found.fileId, before: revisions[at - 1]!.sha256, sha256: found.sha256 }
  );
}

/** The unit head's initial: the first signature. */
export const initialDocument = personalSignature({
  name: 'document.initial',
  action: 'initial',
  field: 'initial',
  reason: 'Kiểm tra nội dung',
  allow: (actor, document) => freshAssurance(actor, canInitial(actor, document)),
});

/** The leader's signature. */
export const signDocument = personalSignature({
  name: 'document.sign',
  action: 'sign',
  field: 'leader',
  reason: 'Phê duyệt và ký',
  allow: (actor, document) => freshAssurance(actor, canSign(actor, document)),
});
