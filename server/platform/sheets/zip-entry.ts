import { createInflateRaw } from 'node:zlib';
import type { ZipEntry } from '../content/zip-directory.ts';
import { sheetFault } from './sheet.ts';

/** How much of an archive is handed to the unpacker at once. */
const piece = 64 * 1024;

/**
 * The content of one entry of an archive in pieces, never more than the directory says it has.
 * @throws AppError when it is damaged or says less of itself than it holds
 */
export async function* unpackEntry(archive: Uint8Array, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const local = entry.offset;
  if (local + 30 > archive.byteLength || view.getUint32(local, true) !== 0x04034b50) throw sheetFault('damaged');
  const method = view.getUint16(local + 8, true);
  const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = archive.subarray(begin, begin + entry.packed);
  if (method === 0) {
    yield packed;
    return;
  }
  if (method !== 8) throw sheetFault('damaged');
  yield* inflated(packed, entry.size);
}

async function* inflated(packed: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const unpacker = createInflateRaw({ chunkSize: piece });
  const fed = (async () => {
    for (let at = 0; at < packed.byteLength; at += piece) {
      if (unpacker.destroyed) return;
      if (!unpacker.write(packed.subarray(at, at + piece)))
        await new Promise<void>((resolve) => {
          unpacker.once('drain', resolve);
          unpacker.once('close', resolve);
        });
    }
    unpacker.end();
  })();
  let told = 0;
  try {
    for await (const chunk of unpacker as AsyncIterable<Uint8Array>) {
      told += chunk.byteLength;
      if (told > size) throw sheetFault('bomb');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Error && 'errno' in error ? sheetFault('damaged') : error;
  } finally {
    unpacker.destroy();
    await fed;
  }
}
