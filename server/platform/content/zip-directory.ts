/** One entry of a zip archive as its central directory tells (APPNOTE 6.3, 4.3.12); nothing has been unpacked. */
export interface ZipEntry {
  name: string;
  /** bytes packed and unpacked, as declared */
  packed: number;
  size: number;
  encrypted: boolean;
  /** where its local header stands, from the start of the archive */
  offset: number;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  /** bytes before the archive: more than none makes it part of another file */
  start: number;
  /** the directory contradicts itself or the file: no reader should trust it */
  damaged: boolean;
}

/** What an archive may hold. An office document of 64 MB stays far below. */
export const zipLimits = { entries: 10_000, total: 512 * 1_048_576, ratio: 200, ratioFrom: 1_048_576 };

const endRecord = 0x06054b50;
const entryRecord = 0x02014b50;
const longestComment = 0xffff;

/**
 * Reads the directory at the end of a zip archive without unpacking anything; null when there is none.
 * Stops at `zipLimits.entries`, so that a directory of millions costs no more than one of thousands.
 */
export function readZipDirectory(bytes: Uint8Array): ZipDirectory | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) return null;
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const declaredStart = view.getUint32(end + 16, true);
  if (length > end) return null;
  const at = end - length;
  if (count === 0) return { entries: [], start: 0, damaged: length !== 0 };
  if (length < 46 || view.getUint32(at, true) !== entryRecord) {
    // 64-bit sizes of the directory itself are for archives no upload can be
    return declaredStart === 0xffffffff || count === 0xffff ? { entries: [], start: 0, damaged: true } : null;
  }
  return { ...entriesOf(view, bytes, at, end, count), start: Math.max(0, at - declaredStart) };
}

/** The end record nearest to the end whose comment fits; lenient readers accept bytes after it, so this does too. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - longestComment);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === endRecord && at + 22 + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  return -1;
}

function entriesOf(view: DataView, bytes: Uint8Array, from: number, end: number, count: number) {
  const entries: ZipEntry[] = [];
  let at = from;
  while (at + 46 <= end && view.getUint32(at, true) === entryRecord && entries.length <= zipLimits.entries) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    if (at + 46 + nameLength + extraLength + commentLength > end) break;
    const wide = wideSizes(view, at + 46 + nameLength, extraLength);
    const size = view.getUint32(at + 24, true);
    const packed = view.getUint32(at + 20, true);
    entries.push({
      name: Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('utf8'),
      size: size === 0xffffffff ? (wide[0] ?? Number.MAX_SAFE_INTEGER) : size,
      packed: packed === 0xffffffff ? (wide[1] ?? Number.MAX_SAFE_INTEGER) : packed,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return { entries, damaged: entries.length <= zipLimits.entries && (at !== end || entries.length !== count) };
}

/** The sizes in the Zip64 field of an entry (4.5.3), in the order they are written: unpacked, packed. */
function wideSizes(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      const sizes: number[] = [];
      for (let i = at + 4; i + 8 <= Math.min(at + 4 + size, from + length) && sizes.length < 2; i += 8)
        sizes.push(Number(view.getBigUint64(i, true)));
      return sizes;
    }
    at += 4 + size;
  }
  return [];
}

/**
 * True when unpacking could hurt: too many entries, too much in all, a ratio no document has, entries that share their
 * bytes, or a directory that contradicts itself.
 */
export function isZipBomb(directory: ZipDirectory, fileSize: number): boolean {
  const { entries, damaged } = directory;
  if (damaged || entries.length > zipLimits.entries) return true;
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (total > zipLimits.total || packed > fileSize) return true;
  if (new Set(entries.map((entry) => entry.offset)).size < entries.length) return true;
  return entries.some(({ size, packed: own }) => size > zipLimits.ratioFrom && size > own * zipLimits.ratio);
}

const archiveName = /\.(zip|jar|7z|rar|tar|t?gz|tgz|bz2|xz|zst|cab|iso|arj|lzh)$/i;

/** An archive in an archive: what is in it cannot be told without unpacking. */
export const holdsArchive = ({ entries }: ZipDirectory): boolean => entries.some(({ name }) => archiveName.test(name));
