import { PDFDocument } from '@cantoo/pdf-lib';
import { AppError } from '#server/platform/errors.ts';

/** Opens a file so that only what is added is written behind it. @throws AppError invalidInput for encrypted or unreadable files */
export async function openForIncrement(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    const document = await PDFDocument.load(pdf, {
      forIncrementalUpdate: true,
      updateMetadata: false,
      throwOnInvalidObject: true,
    });
    if (document.isEncrypted) throw new Error('encrypted');
    return document;
  } catch {
    throw new AppError('invalidInput', 'signatures.errors.notSignable');
  }
}

/** Writes the increment in the kind of cross-reference the file already has, and proves that nothing before it moved. */
export async function saveIncrement(document: PDFDocument, before: Uint8Array): Promise<Buffer> {
  const after = Buffer.from(await document.save({ useObjectStreams: !endsInXrefTable(before) }));
  assertAppendOnly(before, after);
  return after;
}

/** @throws Error when `after` does not begin with every byte of `before` */
export function assertAppendOnly(before: Uint8Array, after: Uint8Array): void {
  const start = Buffer.from(after.buffer, after.byteOffset, Math.min(before.length, after.length));
  if (after.length <= before.length || !start.equals(before))
    throw new Error('The earlier revision is not a prefix of the new one');
}

function endsInXrefTable(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length);
  const at = bytes.lastIndexOf('startxref');
  const offset = Number.parseInt(bytes.subarray(at + 9, at + 32).toString('latin1'), 10);
  return bytes.subarray(offset, offset + 4).toString('latin1') === 'xref';
}
