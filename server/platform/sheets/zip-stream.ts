import { crc32, createDeflateRaw } from 'node:zlib';

export interface StreamedEntry {
  name: string;
  content: AsyncIterable<string>;
}

interface Written {
  name: Buffer;
  offset: number;
  crc: number;
  packed: number;
  size: number;
}

/** 1 January 1980, the first day the format can say */
const day = 0x0021;
/** UTF-8 names, sizes behind the content (APPNOTE 6.3.3, 4.4.4) */
const flags = 0x0808;

/** A zip archive made while its entries arrive: nothing but the piece at hand is held. */
export async function* zipStream(entries: AsyncIterable<StreamedEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  const told = function* (...parts: Uint8Array[]) {
    for (const part of parts) {
      offset += part.byteLength;
      yield part;
    }
  };
  for await (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name), offset, crc: 0, packed: 0, size: 0 };
    yield* told(Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), factsOf(entry, true)]), entry.name);
    for await (const piece of packed(content, entry)) yield* told(piece);
    const tail = Buffer.alloc(16);
    tail.set([0x50, 0x4b, 7, 8]);
    tail.writeUInt32LE(entry.crc, 4);
    tail.writeUInt32LE(entry.packed, 8);
    tail.writeUInt32LE(entry.size, 12);
    yield* told(tail);
    written.push(entry);
  }
  const directory = Buffer.concat(written.map(directoryOf));
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  yield directory;
  yield end;
}

/** Flags, method, time, checksum, sizes and the length of the name; in front of the content the sizes are not known yet. */
function factsOf({ name, crc, packed: small, size }: Written, ahead: boolean): Buffer {
  const facts = Buffer.alloc(24);
  facts.writeUInt16LE(flags, 0);
  facts.writeUInt16LE(8, 2);
  facts.writeUInt16LE(day, 6);
  facts.writeUInt32LE(ahead ? 0 : crc, 8);
  facts.writeUInt32LE(ahead ? 0 : small, 12);
  facts.writeUInt32LE(ahead ? 0 : size, 16);
  facts.writeUInt16LE(name.length, 20);
  return facts;
}

function directoryOf(entry: Written): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0]), factsOf(entry, false), tail, entry.name]);
}

async function* packed(content: AsyncIterable<string>, entry: Written): AsyncGenerator<Uint8Array> {
  const packer = createDeflateRaw({ level: 4 });
  const failed = { error: null as unknown };
  const fed = (async () => {
    try {
      for await (const text of content) {
        const bytes = Buffer.from(text);
        entry.crc = crc32(bytes, entry.crc);
        entry.size += bytes.byteLength;
        if (!packer.write(bytes)) await new Promise((resolve) => packer.once('drain', resolve));
      }
      packer.end();
    } catch (error) {
      failed.error = error;
      packer.destroy(error as Error);
    }
  })();
  for await (const piece of packer as AsyncIterable<Uint8Array>) {
    entry.packed += piece.byteLength;
    yield piece;
  }
  await fed;
  if (failed.error) throw failed.error;
}
