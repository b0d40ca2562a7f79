import { findDocumentLicence } from '#server/facilities/index.ts';
import { type AppError, type Context, takeAttempt } from '#server/platform/index.ts';
import { sniffMediaType } from '#server/platform/media-types.ts';
import { verifyUpload } from '#server/signatures/index.ts';
import { type Upload, wrongFile } from './read-upload.ts';
import { seal, unseal } from './seal.ts';
import { type Verification, verificationOf } from './verification.ts';

const problems: Partial<Record<string, string>> = {
  empty: 'exchange.errors.fileEmpty',
  encrypted: 'exchange.errors.fileEncrypted',
  bomb: 'exchange.errors.fileBursts',
};

/**
 * Says whether a PDF is genuine, intact and in force. The file is read and forgotten.
 * @throws invalidInput naming `file` when it is empty, encrypted or no PDF; limit after many files from one address
 */
export async function verifyPdfFile(ctx: Context, file: Upload, address: string): Promise<Verification> {
  await takeAttempt(ctx.db, `verify:${address}`, 60, 600, ctx.now());
  const { mediaType, problem } = sniffMediaType(file.bytes, {}, { readOnly: true });
  if (mediaType !== 'application/pdf' || problem)
    throw wrongFile(problems[problem ?? ''] ?? 'exchange.errors.fileNotPdf');
  const { file: verdict, document } = await verifyUpload(ctx, file.bytes);
  const licence = document ? await findDocumentLicence(ctx, { documentId: document.id }) : null;
  return verificationOf(verdict, document, licence);
}

/** The verdict on a file and when it was given, sealed: it may stand in an address for a quarter of an hour. */
export async function sealVerification(ctx: Context, file: Upload, address: string): Promise<string> {
  const verification = await verifyPdfFile(ctx, file, address);
  return seal('verdict', { verification, at: ctx.now().toISOString() }, ctx.now());
}

/** What was sealed; null: another text, or too old. */
export const unsealVerification = (sealed: string, at: Date) =>
  unseal<{ verification: Verification; at: string }>('verdict', sealed, at);

/** The first wrong field's message key, else the error's own. */
export const reasonOf = (error: AppError): string => error.details.fields?.[0]?.reason ?? error.reason;
