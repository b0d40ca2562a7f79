/** What people may hand in: PDF, photographs and scans. */
export const mediaTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Why a file cannot be taken. `mismatch`: the content is of another type than the name or the sender says. */
export type MediaProblem = 'empty' | 'encrypted' | 'unknown' | 'mismatch';

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
 * Tells a file's type by its content. `claim` is what the sender says: a name or a media type that contradicts the
 * content is a `mismatch`. A PDF must begin with `%PDF-`: with anything before it, readers disagree about its bytes.
 */
export function sniffMediaType(bytes: Uint8Array, claim: { name?: string; mediaType?: string } = {}): MediaVerdict {
  if (bytes.byteLength === 0) return { mediaType: null, problem: 'empty' };
  const mediaType = typeOf(bytes);
  if (!mediaType) return { mediaType, problem: 'unknown' };
  if (contradicts(mediaType, claim)) return { mediaType, problem: 'mismatch' };
  return { mediaType, problem: mediaType === 'application/pdf' && isEncryptedPdf(bytes) ? 'encrypted' : null };
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

/** ISO 32000-1, 7.6: a document is encrypted when a trailer, or a cross-reference stream in its place, has /Encrypt. */
function isEncryptedPdf(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  for (const match of text.matchAll(/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/g)) {
    const trailer = text.lastIndexOf('trailer', match.index);
    const object = Math.max(text.lastIndexOf(' obj', match.index), text.lastIndexOf('endobj', match.index));
    if (trailer > object) return true;
    const dictionary = text.slice(object, text.indexOf('stream', match.index));
    if (/\/Type\s*\/XRef\b/.test(dictionary)) return true;
  }
  return false;
}
