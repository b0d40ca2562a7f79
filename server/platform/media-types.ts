import { type ForeignProblem, foreignProblem } from './content/foreign-types.ts';
import { hasHiddenContent } from './content/hidden-content.ts';
import { pdfProblem } from './content/pdf-content.ts';
import { isPictureBomb } from './content/picture-size.ts';

/** What people may hand in: PDF, photographs and scans. */
export const mediaTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type MediaType = (typeof mediaTypes)[number];

/**
 * Why a file cannot be taken. `mismatch`: the content is of another type than the name or the sender says; `hidden`: it
 * is something else as well; `bomb`: opening it could exhaust a computer. The rest says what a foreign file is.
 */
export type MediaProblem = ForeignProblem | 'empty' | 'mismatch' | 'hidden';

export interface MediaVerdict {
  /** what the content is, whatever the name says; null when it is none of ours */
  mediaType: MediaType | null;
  problem: MediaProblem | null;
}

const extensions: Record<string, MediaType> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Tells a file's type by its content and what is wrong with it; nothing is unpacked beyond a fixed measure. `claim` is
 * what the sender says: a name or a media type that contradicts the content is a `mismatch`. A PDF must begin with
 * `%PDF-`: with anything before it, readers disagree about its bytes. With `readOnly` the file is read and forgotten,
 * as for a verification: bytes added to it are then what the verdict is about.
 */
export function sniffMediaType(
  bytes: Uint8Array,
  claim: { name?: string; mediaType?: string } = {},
  options: { readOnly?: boolean } = {},
): MediaVerdict {
  if (bytes.byteLength === 0) return { mediaType: null, problem: 'empty' };
  const mediaType = typeOf(bytes);
  if (!mediaType) return { mediaType, problem: foreignProblem(bytes) };
  if (contradicts(mediaType, claim)) return { mediaType, problem: 'mismatch' };
  return { mediaType, problem: problemOf(bytes, mediaType, options.readOnly ?? false) };
}

function problemOf(bytes: Uint8Array, mediaType: MediaType, readOnly: boolean): MediaProblem | null {
  const problem = mediaType === 'application/pdf' ? pdfProblem(bytes) : isPictureBomb(bytes, mediaType) ? 'bomb' : null;
  if (problem || readOnly) return problem;
  return hasHiddenContent(bytes, mediaType) ? 'hidden' : null;
}

function typeOf(bytes: Uint8Array): MediaType | null {
  const startsWith = (...head: number[]) => head.every((byte, i) => bytes[i] === byte);
  if (startsWith(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (startsWith(0xff, 0xd8, 0xff)) return 'image/jpeg';
  return startsWith(...pngSignature) ? 'image/png' : null;
}

function contradicts(actual: MediaType, claim: { name?: string; mediaType?: string }): boolean {
  const extension = claim.name?.includes('.') ? claim.name.split('.').at(-1)!.toLowerCase() : undefined;
  if (extension !== undefined && extensions[extension] !== actual) return true;
  const declared = (claim.mediaType ?? '').replace(/;.*/, '').trim().toLowerCase();
  const saysNothing = declared === '' || declared === 'application/octet-stream';
  return !saysNothing && declared.replace('image/jpg', 'image/jpeg') !== actual;
}
