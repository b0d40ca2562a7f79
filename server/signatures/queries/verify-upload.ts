import { createHash } from 'node:crypto';
import { type Context, reader } from '#server/platform/index.ts';
import { officialAnchors, revisionsOf, revokedCertificates } from '../records.ts';
import { type PdfVerdict, verifyPdf } from '../verify/verify-pdf.ts';
import { findIssuedByDigests, type IssuedDocument } from './documents.ts';

export interface UploadVerdict {
  file: PdfVerdict;
  /** the document issued here that the file is, or was made from; null: not one of ours */
  document: IssuedDocument | null;
  /** byte for byte the file as issued */
  exactCopy: boolean;
}

/**
 * Judges an uploaded file: what it says of itself, joined with what is stored. A file that begins like one of ours but
 * is not it byte for byte is altered (or cut back: incomplete), whatever its signatures say. Open to anyone.
 */
export async function verifyUpload(ctx: Context, bytes: Uint8Array): Promise<UploadVerdict> {
  const db = reader(ctx);
  const options = { anchors: await officialAnchors(db), revoked: await revokedCertificates(db) };
  const alone = verifyPdf(bytes, options);
  const found = await findIssuedByDigests(ctx, digestsIn(bytes, alone));
  if (!found) return { file: alone, document: null, exactCopy: false };
  const revisions = await revisionsOf(db, found.row.id);
  const knownRevisions = revisions.map(({ sha256 }) => sha256);
  const file = verifyPdf(bytes, { ...options, knownRevisions, expectedFields: found.row.expectedFields });
  return { file, document: found.document, exactCopy: file.sha256 === knownRevisions.at(-1) };
}

/** Digests of the file and of what each signature covers: an altered copy still begins with a stored revision. */
function digestsIn(bytes: Uint8Array, verdict: PdfVerdict): string[] {
  const covered = verdict.signatures.map(({ coversBytes }) => coversBytes).filter((end) => end > 0);
  return [verdict.sha256, ...covered.map((end) => createHash('sha256').update(bytes.subarray(0, end)).digest('hex'))];
}
