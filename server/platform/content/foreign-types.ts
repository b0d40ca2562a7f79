import { holdsArchive, isZipBomb, readZipDirectory } from './zip-directory.ts';

/** What is known of a file that is none of the types taken in: the more is known, the better the remedy. */
export type ForeignProblem =
  | 'unknown'
  | 'webPage'
  | 'program'
  | 'archive'
  | 'bomb'
  | 'macros'
  | 'encrypted'
  | 'office'
  | 'heic';

/** Whether these bytes stand there; nothing stands beyond the end of a file. */
const starts = (bytes: Uint8Array, head: string, at = 0): boolean => latin1(bytes, at, at + head.length) === head;

const archives = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '\x1f\x8b', 'BZh', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', 'MSCF'];
const programs = ['MZ', '\x7fELF', '#!', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '\xfe\xed\xfa\xce'];

/** Says what a file is that begins like none of the accepted types. */
export function foreignProblem(bytes: Uint8Array): ForeignProblem {
  if (starts(bytes, 'PK')) return zipProblem(bytes);
  if (starts(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return oldOfficeProblem(bytes);
  if (archives.some((head) => starts(bytes, head)) || starts(bytes, 'ustar', 257)) return 'archive';
  if (programs.some((head) => starts(bytes, head))) return 'program';
  if (starts(bytes, 'ftyp', 4) && /^(hei[cfsx]|hev[cx]|mif1|msf1|avif)/.test(latin1(bytes, 8, 16))) return 'heic';
  return isWebPage(bytes) ? 'webPage' : 'unknown';
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** Markup in the first kilobyte, in any of the encodings browsers guess: a web page, a drawing (SVG) or other XML. */
function isWebPage(bytes: Uint8Array): boolean {
  const head = latin1(bytes, 0, 1024)
    .replace(/\0/g, '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  return /^<(!doctype|!--|\?xml|html|head|body|script|svg|iframe|style|table|a |img|meta)/i.test(head);
}

/** An office document is a zip archive too (ISO/IEC 29500-2); what it holds is read from its directory alone. */
function zipProblem(bytes: Uint8Array): ForeignProblem {
  const directory = readZipDirectory(bytes);
  if (!directory) return 'archive';
  if (isZipBomb(directory, bytes.byteLength)) return 'bomb';
  const names = directory.entries.map(({ name }) => name);
  if (directory.entries.some((entry) => entry.encrypted)) return 'encrypted';
  if (names.some((name) => /(^|\/)(vbaProject\.bin|Basic\/.*\.xml)$/i.test(name))) return 'macros';
  if (names.includes('[Content_Types].xml') || names[0] === 'mimetype') return 'office';
  return holdsArchive(directory) ? 'bomb' : 'archive';
}

/** The compound file of older office programs (MS-CFB): its directory names the streams in UTF-16. */
function oldOfficeProblem(bytes: Uint8Array): ForeignProblem {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (stream: string) => content.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) return 'encrypted';
  return holds('_VBA_PROJECT') ? 'macros' : 'office';
}
