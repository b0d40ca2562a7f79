import { z } from 'zod';
import { findDocumentLicence } from '#server/facilities/index.ts';
import { AppError, allow, type Context, Id, query } from '#server/platform/index.ts';
import {
  findDocumentByVerifyCode,
  findDocumentsByNumber,
  getDocument,
  type IssuedDocument,
} from '#server/signatures/index.ts';
import type { Force } from './rules.ts';
import { forceOf } from './verification.ts';

/** A document issued here with what the register says of it today. */
export interface Issued {
  document: IssuedDocument;
  status: Force | null;
  facility: { id: string; name: string } | null;
  /** what suspended or revoked it; `verifyCode` where the decision was signed here */
  decision: { number: string; on: string; verifyCode: string | null } | null;
  /** what took its place */
  successor: { number: string; verifyCode: string | null } | null;
}

export const CodeOfDocument = z.strictObject({ code: z.string().max(100) });
export const WordsOfDocument = z.strictObject({ words: z.string().max(200) });
export const DocumentIds = z.strictObject({ documentIds: z.array(Id).max(100) });

async function byCode(ctx: Context, code: string): Promise<IssuedDocument | null> {
  try {
    return await findDocumentByVerifyCode(ctx, { code });
  } catch (error) {
    // what is no code is nobody's code
    if (error instanceof AppError && (error.code === 'notFound' || error.code === 'invalidInput')) return null;
    throw error;
  }
}

/** The document a QR code or a printed code names, as the register has it now; null: none. Everybody may ask. */
export const findIssued = query({
  input: CodeOfDocument,
  load: (_db, { code }, ctx) => byCode(ctx, code),
  allow: () => allow,
  view: async (ctx, document): Promise<Issued | null> => {
    if (!document) return null;
    const licence = await findDocumentLicence(ctx, { documentId: document.id });
    const facility = licence && { id: licence.facilityId, name: licence.facilityName };
    const codeOf = async (documentId: string | null | undefined) =>
      documentId ? ((await verifyCodes(ctx, { documentIds: [documentId] }))[documentId] ?? null) : null;
    const { decision, successor } = licence ?? { decision: null, successor: null };
    return {
      document,
      status: forceOf(document, licence),
      facility,
      decision: decision && { number: decision.number, on: decision.on, verifyCode: await codeOf(decision.documentId) },
      successor: successor && { number: successor.number, verifyCode: await codeOf(successor.documentId) },
    };
  },
});

/** Documents by code or by number as printed; several where authorities use the same number. */
export const searchIssued = query({
  input: WordsOfDocument,
  load: async (_db, { words }, ctx) => {
    const document = await byCode(ctx, words);
    if (document) return [document];
    const number = words.normalize('NFC').replace(/\s+/g, '');
    return number === '' ? [] : findDocumentsByNumber(ctx, { number });
  },
  allow: () => allow,
  view: (_ctx, documents): IssuedDocument[] => documents,
});

/** The verification code of each issued document, by its id. */
export const verifyCodes = query({
  input: DocumentIds,
  load: (db, { documentIds }) => Promise.all(documentIds.map((id) => getDocument(db, id).catch(nothingFound))),
  allow: () => allow,
  view: (_ctx, documents): Record<string, string> =>
    Object.fromEntries(
      documents.flatMap((document) => (document?.state === 'issued' ? [[document.id, document.verifyCode]] : [])),
    ),
});

/** A register may refer to a document that was signed elsewhere. */
function nothingFound(error: unknown): null {
  if (error instanceof AppError && error.code === 'notFound') return null;
  throw error;
}
