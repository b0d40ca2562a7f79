import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { signedDocuments, signedRevisions } from '#db/schema/signatures.ts';
import { localDate } from '#server/calendar/index.ts';
import { getOrganisation } from '#server/identity/index.ts';
import { type Actor, allow, type Context, notFound, query, reader, signInFirst } from '#server/platform/index.ts';
import { DocumentId, DocumentNumber, DocumentsToSign, VerifyCode } from '../inputs.ts';
import { canReadDocument } from '../policy.ts';
import { getDocumentRow, revisionsOf, type SignedDocument } from '../records.ts';
import { type DocumentState, forceOn, possibleNumbers } from '../rules.ts';

/** A document in the making or issued, for modules that drive it. Who calls it has authorised the reader. */
export interface DocumentView {
  id: string;
  kind: string;
  title: string;
  organisationId: string;
  subjectType: string;
  subjectId: string;
  state: DocumentState;
  number: string | null;
  /** yyyy-mm-dd */
  issuedOn: string | null;
  verifyCode: string;
  draftedBy: string | null;
  /** the newest revision: the bytes to be signed next, or the issued file */
  currentFileId: string;
  currentSha256: string;
  closedReason: string | null;
  /** who has signed so far, in order */
  signatures: { field: string; signerName: string; title: string | null; at: Date }[];
}

/** @throws notFound */
export async function getDocument(db: Reader, documentId: string): Promise<DocumentView> {
  return viewOf(db, await getDocumentRow(db, documentId));
}

/** The people who have signed a document, in the order in which they did. */
export const signersOf = async (db: Reader, documentId: string): Promise<string[]> =>
  (await revisionsOf(db, documentId)).flatMap(({ signerUserId }) => signerUserId ?? []);

async function viewOf(db: Reader, row: SignedDocument): Promise<DocumentView> {
  const revisions = await revisionsOf(db, row.id);
  const revision = revisions.at(-1) ?? notFound();
  const {
    id,
    kind,
    title,
    organisationId,
    subjectType,
    subjectId,
    state,
    number,
    issuedOn,
    verifyCode,
    draftedBy,
    closedReason,
  } = row;
  const file = { currentFileId: revision.fileId, currentSha256: revision.sha256 };
  return {
    id,
    kind,
    title,
    organisationId,
    subjectType,
    subjectId,
    state,
    number,
    issuedOn,
    verifyCode,
    draftedBy,
    closedReason,
    ...file,
    signatures: revisions.flatMap(({ field, signerName, signerTitle, at }) =>
      field && signerName ? [{ field, signerName, title: signerTitle, at }] : [],
    ),
  };
}

/** What the signer is shown: the document, and the digest of exactly the bytes that will be signed. */
export const previewDocument = query({
  input: DocumentId,
  load: (db, input) => getDocumentRow(db, input.documentId),
  allow: (actor, document) => canReadDocument(actor, document),
  view: async (ctx, document) => viewOf(reader(ctx), document),
});

const stateFor = { head: 'draft', leader: 'initialled', clerk: 'signed' } as const;

/** Documents that wait for this official's initial, signature or seal, the oldest first; never own drafts. */
export const documentsToSign = query({
  input: DocumentsToSign,
  load: async (db, _input, ctx) => {
    const { actor } = ctx;
    if (actor.kind !== 'person') return [];
    const mine = actor.grants.flatMap(({ role, organisationId }) =>
      role === 'head' || role === 'leader' || role === 'clerk'
        ? [and(eq(signedDocuments.organisationId, organisationId), eq(signedDocuments.state, stateFor[role]))]
        : [],
    );
    if (mine.length === 0) return [];
    // number and seal do not approve: a clerk may issue what they drafted
    const foreign = or(
      isNull(signedDocuments.draftedBy),
      ne(signedDocuments.draftedBy, actor.userId),
      eq(signedDocuments.state, 'signed'),
    );
    return db
      .select()
      .from(signedDocuments)
      .where(and(or(...mine), foreign))
      .orderBy(asc(signedDocuments.createdAt))
      .limit(500);
  },
  allow: (actor: Actor) => (actor.kind === 'person' ? allow : signInFirst),
  view: (ctx, rows) => Promise.all(rows.map((row) => viewOf(reader(ctx), row))),
});

/** What anyone may know of an issued document who holds its code, its number or the file. No content. */
export interface IssuedDocument {
  id: string;
  kind: string;
  title: string;
  number: string | null;
  issuedBy: string;
  issuedOn: string | null;
  verifyCode: string;
  status: 'inForce' | 'suspended' | 'revoked' | 'superseded' | 'expired';
  /** instant of the last change of the status */
  statusSince: Date | null;
  signatures: {
    field: string;
    role: 'initial' | 'signature' | 'seal';
    signer: string;
    title: string | null;
    signedAt: Date;
  }[];
}

const roles: Record<string, IssuedDocument['signatures'][number]['role']> = {
  initial: 'initial',
  leader: 'signature',
  seal: 'seal',
};

async function issuedView(ctx: Context, row: SignedDocument): Promise<IssuedDocument> {
  const db = reader(ctx);
  const revisions = await revisionsOf(db, row.id);
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    number: row.number,
    issuedBy: (await getOrganisation(db, row.organisationId)).name,
    issuedOn: row.issuedOn,
    verifyCode: row.verifyCode,
    status: forceOn(row, localDate(ctx.now())) ?? notFound(),
    statusSince: row.statusSince,
    signatures: revisions.flatMap(({ field, signerName, signerTitle, at }) =>
      field && signerName
        ? [{ field, role: roles[field] ?? 'signature', signer: signerName, title: signerTitle, signedAt: at }]
        : [],
    ),
  };
}

/** The issued document with this code; spaces, hyphens and case do not matter. @throws notFound */
export const findDocumentByVerifyCode = query({
  input: VerifyCode,
  load: async (db, input) => {
    const code = input.code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
    const [row] = await db
      .select()
      .from(signedDocuments)
      .where(and(eq(signedDocuments.verifyCode, code), eq(signedDocuments.state, 'issued')));
    return row ?? notFound('signatures.errors.verifyCodeUnknown');
  },
  allow: () => allow,
  view: issuedView,
});

/**
 * Issued documents with this number: several authorities may count alike. As it stands on the paper comes first (QĐ is not
 * QyĐ); where there is none, as keyboards without Vietnamese letters write it.
 */
export const findDocumentsByNumber = query({
  input: DocumentNumber,
  load: async (db, input) => {
    const numbered = (numbers: string[]) =>
      db
        .select()
        .from(signedDocuments)
        .where(and(inArray(signedDocuments.number, numbers), eq(signedDocuments.state, 'issued')))
        .orderBy(asc(signedDocuments.issuedOn))
        .limit(20);
    const typed = input.number.normalize('NFC').replace(/\s/g, '');
    const exact = await numbered([typed]);
    return exact.length > 0 ? exact : numbered(possibleNumbers(typed));
  },
  allow: () => allow,
  view: (ctx, rows) => Promise.all(rows.map((row) => issuedView(ctx, row))),
});

/** The issued document one of whose revisions has this digest or whose signatures these are; null when it is not ours. */
export async function findIssuedByDigests(
  ctx: Context,
  digests: string[],
): Promise<{ document: IssuedDocument; row: SignedDocument } | null> {
  if (digests.length === 0) return null;
  const db = reader(ctx);
  const [found] = await db
    .select({ document: signedDocuments })
    .from(signedRevisions)
    .innerJoin(signedDocuments, eq(signedDocuments.id, signedRevisions.documentId))
    .where(and(inArray(signedRevisions.sha256, digests), eq(signedDocuments.state, 'issued')))
    .limit(1);
  return found ? { document: await issuedView(ctx, found.document), row: found.document } : null;
}
