import { constants, inflateSync } from 'node:zlib';

/** Unpacked bytes of one stream of objects, and of all of them: a register of 10,000 pages has a few megabytes. */
const largestStream = 16 * 1_048_576;
const largestTotal = 48 * 1_048_576;
/** Streams of objects in one document: a program writes one for every hundred objects or more. */
const mostStreams = 20_000;

const token =
  /\b(?:trailer|endobj|obj|stream)\b|\/Encrypt\s*(?:\d{1,10}\s+\d{1,5}\s+R|<<)|\/Type\s*\/(?:XRef|ObjStm)\b/g;

/**
 * What a PDF (ISO 32000-1) says of itself without being opened, in one pass over its bytes:
 * - `encrypted` (7.6): a trailer, or a cross-reference stream in its place, has /Encrypt;
 * - `bomb` (7.5.7, 7.5.8): streams of objects, which a reader must unpack before it shows anything, grow beyond
 *   measure. Unpacking stops at the limit, so the check itself costs little memory.
 */
export function pdfProblem(bytes: Uint8Array): 'encrypted' | 'bomb' | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let object = -1;
  let trailer = -1;
  let kind: 'XRef' | 'ObjStm' | null = null;
  let encryptHere = false;
  const seen = { streams: 0, total: 0 };
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [word] = match;
    if (word.startsWith('/Encrypt')) {
      if (trailer > object) return 'encrypted';
      encryptHere = true;
    } else if (word.startsWith('/Type')) kind = word.endsWith('XRef') ? 'XRef' : 'ObjStm';
    else if (word === 'trailer') trailer = match.index;
    else if (word === 'stream') {
      if (kind === 'XRef' && encryptHere) return 'encrypted';
      if (kind && burstsIn(text, bytes, object, match.index, seen)) return 'bomb';
      // what stands in a stream is content, not structure
      const end = text.indexOf('endstream', match.index);
      if (end < 0) return null;
      token.lastIndex = end + 9;
      kind = null;
    } else {
      object = match.index;
      kind = null;
      encryptHere = false;
    }
  }
  return null;
}

/** Bytes of one attachment that are unpacked for the scanner; its own limits decide about the rest. */
const largestAttachment = 64 * 1_048_576;

/**
 * The files attached to a PDF (ISO 32000-1, 7.11.4), unpacked one at a time: clamd passes over those whose dictionary
 * holds more than it expects, so they are shown to it by themselves.
 */
export function* attachmentsOf(bytes: Uint8Array): Generator<Uint8Array> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let object = 0;
  for (let stream = text.indexOf('stream'); stream >= 0; ) {
    const end = text.indexOf('endstream', stream);
    if (end < 0) return;
    const dictionary = text.slice(Math.max(object, stream - 4096), stream);
    if (/\/(?:EmbeddedFile|Params)\b/.test(dictionary)) {
      const packed = bytes.subarray(stream + (text[stream + 6] === '\r' ? 8 : 7), end);
      yield /\/FlateDecode|\/Fl\b/.test(dictionary) ? inflated(packed) : withoutLineEnd(packed);
    }
    object = end + 9;
    stream = text.indexOf('stream', object);
  }
}

function inflated(packed: Uint8Array): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: largestAttachment, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return packed;
  }
}

/** The line end before `endstream` is not part of the content. */
const withoutLineEnd = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0;
  return bytes.subarray(0, bytes.byteLength - end);
};

function burstsIn(
  text: string,
  bytes: Uint8Array,
  object: number,
  stream: number,
  seen: { streams: number; total: number },
): boolean {
  seen.streams += 1;
  if (seen.streams > mostStreams) return true;
  const dictionary = text.slice(Math.max(object, stream - 65_536), stream);
  const filters = dictionary.match(/\/FlateDecode|\/Fl\b|\/LZWDecode|\/RunLengthDecode/g) ?? [];
  // one filter is what every program writes; a chain of them is how a small file becomes a huge one
  if (filters.length !== 1) return filters.length > 1;
  const size = unpackedSize(bytes.subarray(stream + (text[stream + 6] === '\r' ? 8 : 7)));
  if (size === null) return true;
  seen.total += size;
  return seen.total > largestTotal;
}

/** Null: more than one stream may hold. What cannot be unpacked counts as nothing; readers refuse it themselves. */
function unpackedSize(packed: Uint8Array): number | null {
  try {
    return inflateSync(packed, { maxOutputLength: largestStream }).byteLength;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? null : 0;
  }
}
