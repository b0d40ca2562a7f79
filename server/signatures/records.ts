import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { grants } from '#db/schema/identity.ts';
import { signedDocuments, signedRevisions, signingKeys, trustAnchors } from '#db/schema/signatures.ts';
import { AppError, notFound, type TxContext } from '#server/platform/index.ts';
import { type DocumentAction, type DocumentState, isPast, nextState } from './rules.ts';
import type { Anchor } from './verify/verify-cms.ts';

export type SignedDocument = typeof signedDocuments.$inferSelect;
export type SignedRevision = typeof signedRevisions.$inferSelect;
export type SigningKey = typeof signingKeys.$inferSelect;

export async function getDocumentRow(db: Reader, documentId: string): Promise<SignedDocument> {
  const [row] = await db.select().from(signedDocuments).where(eq(signedDocuments.id, documentId));
  return row ?? notFound();
}

/** The document, locked until the transaction ends: two signers on one base meet here. */
export async function lockDocument(ctx: TxContext, documentId: string): Promise<SignedDocument> {
  const [row] = await ctx.tx.select().from(signedDocuments).where(eq(signedDocuments.id, documentId)).for('update');
  return row ?? notFound();
}

/** Oldest first. */
export const revisionsOf = (db: Reader, documentId: string): Promise<SignedRevision[]> =>
  db
    .select()
    .from(signedRevisions)
    .where(eq(signedRevisions.documentId, documentId))
    .orderBy(asc(signedRevisions.ordinal));

export async function currentRevision(db: Reader, documentId: string): Promise<SignedRevision> {
  const [row] = await db
    .select()
    .from(signedRevisions)
    .where(eq(signedRevisions.documentId, documentId))
    .orderBy(desc(signedRevisions.ordinal))
    .limit(1);
  return row ?? notFound();
}

/** A person's key that is not revoked; at most one. */
export async function findPersonKey(db: Reader, userId: string): Promise<SigningKey | undefined> {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(and(eq(signingKeys.userId, userId), ne(signingKeys.status, 'revoked')));
  return row;
}

/** The seal of an organisation, which its clerks hold. */
export async function findSealKey(db: Reader, organisationId: string): Promise<SigningKey | undefined> {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(and(eq(signingKeys.organisationId, organisationId), ne(signingKeys.status, 'revoked')));
  return row;
}

/** The authorities a key belongs to: that of the seal, or those its holder works for. */
export async function authoritiesOf(db: Reader, key: Pick<SigningKey, 'userId' | 'organisationId'>): Promise<string[]> {
  if (key.organisationId) return [key.organisationId];
  const rows = await db
    .selectDistinct({ id: grants.organisationId })
    .from(grants)
    .where(eq(grants.userId, key.userId!));
  return rows.map((row) => row.id);
}

/** Roots believed for documents of authorities. */
export async function officialAnchors(db: Reader): Promise<Anchor[]> {
  const rows = await db
    .select()
    .from(trustAnchors)
    .where(and(eq(trustAnchors.purpose, 'officials'), isNull(trustAnchors.withdrawnAt)));
  return rows.map(({ certificate, exactForm }) => ({ certificate, exactForm }));
}

/** Certificates that must not be believed any more, with the instant from which. */
export async function revokedCertificates(db: Reader): Promise<{ certificate: string; since: Date }[]> {
  const rows = await db.select().from(signingKeys).where(eq(signingKeys.status, 'revoked'));
  return rows.flatMap(({ certificateSha256, revokedAt }) =>
    revokedAt ? [{ certificate: certificateSha256, since: revokedAt }] : [],
  );
}

/** The state an action leads to. @throws AppError conflict when it was taken already, invalidState when it is not its turn */
export function assertNext(document: SignedDocument, action: DocumentAction): DocumentState {
  const state = nextState(document.state, action);
  if (state) return state;
  if (isPast(document.state, action)) throw new AppError('conflict', 'signatures.errors.alreadySigned');
  throw new AppError('invalidState', 'signatures.errors.wrongState');
}
