import { z } from 'zod';
import { type DocumentLicence, findDocumentLicence } from '#server/facilities/index.ts';
import { organisationsById } from '#server/identity/index.ts';
import { allow, type Context, Id, query, reader } from '#server/platform/index.ts';
import {
  type DocumentView,
  findDocumentByVerifyCode,
  findDocumentsByNumber,
  getDocument,
} from '#server/signatures/index.ts';
import type { Force } from './rules.ts';
import { forceOf, type IssuedDocument } from './verification.ts';

/** A document issued here with what the register says of it today. */
export interface Issued {
  document: IssuedDocument;
  status: Force | null;
  facility: { id: string; name: string } | null;
}

const statuses: Record<string, Force> = {
  in_force: 'inForce',
  suspended: 'suspended',
  revoked: 'revoked',
  expired: 'expired',
  superseded: 'superseded',
};

/** The public facts of a document; null while it is a draft: what is not issued does not exist outside. */
async function publicDocument(ctx: Context, document: DocumentView): Promise<IssuedDocument | null> {
  if (document.state !== 'issued') return null;
  const issuer = (await organisationsById(reader(ctx), [document.organisationId])).get(document.organisationId);
  return {
    id: document.id,
    kind: document.kind,
    title: document.title,
    number: document.number,
    issuedBy: issuer?.name ?? '',
    issuedOn: document.issuedOn,
    verifyCode: document.verifyCode,
    status: document.status ? (statuses[document.status] ?? null) : null,
    signatures: document.signatures.map(({ field, role, signerName, title, at }) => ({
      field,
      role,
      signer: signerName,
      title,
      signedAt: at,
    })),
  };
}

export async function issuedDocument(ctx: Context, documentId: string): Promise<IssuedDocument | null> {
  return publicDocument(ctx, await getDocument(reader(ctx), documentId));
}

async function withRegister(ctx: Context, document: IssuedDocument): Promise<Issued> {
  const licence: DocumentLicence | null = await findDocumentLicence(ctx, { documentId: document.id });
  const facility = licence && { id: licence.facilityId, name: licence.facilityName };
  return { document, status: forceOf(document, licence), facility };
}

export const VerifyCode = z.strictObject({ code: z.string().max(100) });
export const Words = z.strictObject({ words: z.string().max(200) });
export const DocumentIds = z.strictObject({ documentIds: z.array(Id).max(100) });

/** A verification code as people copy it: with spaces or dashes, in any case. */
const asCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s.-]+/g, '')
    .toUpperCase();

/** The document a QR code or a printed code names, as the register has it now; null: none. Everybody may ask. */
export const findIssued = query({
  input: VerifyCode,
  load: async (db, { code }) => findDocumentByVerifyCode(db, asCode(code)),
  allow: () => allow,
  view: async (ctx, found): Promise<Issued | null> => {
    const document = found && (await publicDocument(ctx, found));
    return document ? withRegister(ctx, document) : null;
  },
});

/** Documents by code or by number as printed; several where authorities use the same number. */
export const searchIssued = query({
  input: Words,
  load: async (db, { words }) => {
    const byCode = await findDocumentByVerifyCode(db, asCode(words));
    return byCode ? [byCode] : findDocumentsByNumber(db, words.normalize('NFC').replace(/\s+/g, ' ').trim());
  },
  allow: () => allow,
  view: async (ctx, found): Promise<IssuedDocument[]> => {
    const documents = await Promise.all(found.map((each) => publicDocument(ctx, each)));
    return documents.filter((document) => document !== null);
  },
});

/** The verification code of each issued document, by its id. */
export const verifyCodes = query({
  input: DocumentIds,
  load: (db, { documentIds }) => Promise.all(documentIds.map((id) => getDocument(db, id))),
  allow: () => allow,
  view: (_ctx, documents): Record<string, string> =>
    Object.fromEntries(
      documents.flatMap(({ id, state, verifyCode }) => (state === 'issued' ? [[id, verifyCode]] : [])),
    ),
});
