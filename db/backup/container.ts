import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/**
 * One file: gzip around a first line, then records. A record is a line of JSON and its bytes in frames, each with its
 * length in four bytes before it and a frame of length nought at the end. The last record has the SHA-256 of all before.
 */
const firstLine = 'mot-cua-backup 1\n';
const frameSize = 1 << 20;
const longestLine = 1 << 24;

const TableFacts = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) });
export type TableFacts = z.infer<typeof TableFacts>;

/** What a backup says about itself before its content. */
const Manifest = z.object({
  kind: z.literal('manifest'),
  madeAt: z.string(),
  version: z.string(),
  server: z.string(),
  /** digests of the migrations the database had had */
  migrations: z.array(z.string()),
  /** the last migration of the job queue's own tables */
  workerMigration: z.number(),
  embedded: z.boolean(),
});
export type Manifest = z.infer<typeof Manifest>;

const Header = z.discriminatedUnion('kind', [
  Manifest,
  z.object({ kind: z.literal('table'), table: TableFacts }),
  z.object({
    kind: z.literal('sequences'),
    values: z.array(z.tuple([z.string(), z.string(), z.string(), z.boolean()])),
  }),
  /** a file of DATA_DIR */
  z.object({ kind: z.literal('file'), path: z.string() }),
  z.object({
    kind: z.literal('end'),
    sha256: z.string(),
    /** rows of each table, by `schema.name` */
    rows: z.record(z.string(), z.number()),
    auditRows: z.number(),
    /** digest of the last audit row, hex; empty without rows */
    auditHead: z.string(),
  }),
]);
export type Header = z.infer<typeof Header>;
export type End = Extract<Header, { kind: 'end' }>;

export interface BackupRecord {
  header: Header;
  /** to be read to its end before the next record */
  body: AsyncIterable<Buffer>;
}

/** Frames records for the file; `end` is made from everything that went before. */
export async function* framed(
  records: AsyncIterable<BackupRecord>,
  end: () => Omit<End, 'kind' | 'sha256'>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const counted = (bytes: Buffer): Buffer => {
    hash.update(bytes);
    return bytes;
  };
  yield counted(Buffer.from(firstLine));
  for await (const { header, body } of records) {
    yield counted(Buffer.from(`${JSON.stringify(header)}\n`));
    for await (const chunk of body) {
      for (let at = 0; at < chunk.length; at += frameSize) {
        const part = chunk.subarray(at, at + frameSize);
        yield counted(frameLength(part.length));
        yield counted(part);
      }
    }
    yield counted(frameLength(0));
  }
  const last: End = { kind: 'end', sha256: hash.digest('hex'), ...end() };
  yield Buffer.from(`${JSON.stringify(last)}\n`);
  yield frameLength(0);
}

function frameLength(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

/** A backup that cannot be used: the sentence says why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * The records of a backup in order, `end` the last. @throws BackupError when it is not a backup, is cut off or damaged
 */
export async function* readBackup(file: string): AsyncGenerator<BackupRecord> {
  const hash = createHash('sha256');
  const compressed = createReadStream(file);
  const plain = createGunzip();
  compressed.once('error', (error) => plain.destroy(error));
  const source = new ByteSource(compressed.pipe(plain), hash);
  try {
    if ((await source.line(firstLine.length)) !== firstLine.trimEnd()) throw new BackupError(`${file} is no backup.`);
    for (;;) {
      const sha256 = hash.copy().digest('hex');
      const header = Header.parse(JSON.parse(await source.line(longestLine)));
      const body = source.frames();
      if (header.kind === 'end' && header.sha256 !== sha256)
        throw new Error('its checksum is not the one of its content');
      yield { header, body };
      for await (const _ of body);
      if (header.kind !== 'end') continue;
      if (!(await source.isAtEnd())) throw new Error('something follows after its end');
      return;
    }
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BackupError(`There is no file ${file}.`);
    if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(message))
      throw new BackupError(`${file} is no backup.`);
    const reason =
      error instanceof z.ZodError || error instanceof SyntaxError ? 'a part of it cannot be read' : message;
    throw new BackupError(`The backup ${file} is damaged or incomplete (${reason}): use another one.`);
  } finally {
    compressed.destroy();
    plain.destroy();
  }
}

/** Bytes in the portions that are asked for; what is handed out counts into the digest. */
class ByteSource {
  #iterator: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #hash: Hash;

  constructor(stream: AsyncIterable<Buffer>, hash: Hash) {
    this.#iterator = stream[Symbol.asyncIterator]();
    this.#hash = hash;
  }

  async #more(): Promise<boolean> {
    const next = await this.#iterator.next();
    if (next.done) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    this.#hash.update(taken);
    return taken;
  }

  async exactly(length: number): Promise<Buffer> {
    while (this.#held.length < length) if (!(await this.#more())) throw new Error('it ends too early');
    return this.#take(length);
  }

  async line(longest: number): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(10);
      if (at >= 0 && at < longest) return this.#take(at + 1).toString('utf8', 0, at);
      if (this.#held.length >= longest) throw new Error('a part of it cannot be read');
      if (!(await this.#more())) throw new Error('it ends too early');
    }
  }

  async *frames(): AsyncGenerator<Buffer> {
    for (;;) {
      const length = (await this.exactly(4)).readUInt32BE();
      if (length === 0) return;
      if (length > frameSize) throw new Error('a part of it cannot be read');
      yield await this.exactly(length);
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }
}
