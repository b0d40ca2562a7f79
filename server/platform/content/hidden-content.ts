import type { MediaType } from '../media-types.ts';
import { readZipDirectory } from './zip-directory.ts';

/** Markup that browsers or servers would run if they took the file for something else. */
const markup = /<script[\s>/]|<svg[\s>/]|<!doctype\s+html|<html[\s>]|<iframe[\s>/]|<\?php\s|javascript:/i;

/**
 * True when a PDF or a picture is something else as well: a web page in its head or its remarks, an archive at its end,
 * a second document before or after it. Pixels and page content are not looked at: they are never taken for text.
 */
export function hasHiddenContent(bytes: Uint8Array, mediaType: MediaType): boolean {
  if (holdsArchiveAtEnd(bytes)) return true;
  if (mediaType === 'application/pdf') return hasHiddenInPdf(bytes);
  if (latin1(bytes.subarray(0, 1024)).includes('%PDF-')) return true;
  return remarksOf(bytes, mediaType).some((part) => markup.test(latin1(part)));
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** An archive that readers find from the end, with at least one entry, whatever stands before it. */
function holdsArchiveAtEnd(bytes: Uint8Array): boolean {
  const directory = readZipDirectory(bytes);
  return directory !== null && directory.entries.length > 0;
}

/** After the last `%%EOF` nothing but line ends and padding; in the first kilobyte no markup. */
function hasHiddenInPdf(bytes: Uint8Array): boolean {
  const tail = latin1(bytes.subarray(Math.max(0, bytes.byteLength - 65_536)));
  const end = tail.lastIndexOf('%%EOF');
  if (end >= 0 && withoutPadding(tail.slice(end + 5)) !== '') return true;
  return markup.test(latin1(bytes.subarray(0, 1024)));
}

/** NUL and the end mark of old systems are padding too. */
const withoutPadding = (text: string): string => text.replaceAll('\0', '').replaceAll('\u001a', '').trim();

/** The parts of a picture that hold text: everything but the pixels, and whatever follows its end. */
function remarksOf(bytes: Uint8Array, mediaType: MediaType): Uint8Array[] {
  return mediaType === 'image/png' ? pngRemarks(bytes) : jpegRemarks(bytes);
}

/** PNG (ISO/IEC 15948, 5.3): length, type, data and checksum, one chunk after the other to IEND. */
function pngRemarks(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 8;
  while (at + 12 <= bytes.byteLength) {
    const length = view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    const next = at + 12 + length;
    if (type !== 'IDAT') parts.push(bytes.subarray(at + 8, Math.min(next, bytes.byteLength)));
    at = next;
    if (type === 'IEND') break;
  }
  if (at < bytes.byteLength) parts.push(bytes.subarray(at));
  return parts;
}

/** JPEG (ISO/IEC 10918-1, annex B): segments up to a scan, the scan's bytes to the next marker, and so on to EOI. */
function jpegRemarks(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 2;
  while (at + 4 <= bytes.byteLength && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      at += 2;
      break;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    parts.push(bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
    if (marker === 0xda) at = endOfScan(bytes, at);
  }
  if (at < bytes.byteLength) parts.push(bytes.subarray(at));
  return parts;
}

/** Within a scan 0xFF is followed by 0x00 or a restart marker; anything else ends it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.byteLength; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.byteLength;
}
