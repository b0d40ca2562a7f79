import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { fileChunks, files } from '#db/schema/platform.ts';
import { personId } from './actor.ts';
import type { Context, TxContext } from './context.ts';
import { notFound } from './errors.ts';
import { newId } from './ids.ts';
import { transaction } from './transaction.ts';

const chunkSize = 256 * 1024;

export interface StoredFile {
  id: string;
  name: string;
  mediaType: string;
  /** bytes */
  size: number;
  /** hex */
  sha256: string;
  scan: FileScan;
  createdBy: string | null;
  createdAt: Date;
}

/** What the malware scanner said of a file: see the column of that name. */
export type FileScan = (typeof files.$inferSelect)['scan'];

/**
 * Stores bytes this system made, in the caller's transaction. Content is never changed afterwards. What people hand in
 * is stored by `storeUpload`, which looks at it first.
 */
export async function storeFile(
  ctx: TxContext,
  file: { name: string; mediaType: string; bytes: Uint8Array; scan?: FileScan },
): Promise<StoredFile> {
  const { bytes } = file;
  const row = {
    id: newId(),
    name: file.name.normalize('NFC'),
    mediaType: file.mediaType,
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    scan: file.scan ?? ('own' as const),
    createdBy: personId(ctx.actor),
    createdAt: ctx.now(),
  };
  await ctx.tx.insert(files).values(row);
  for (let ordinal = 0; ordinal * chunkSize < bytes.byteLength; ordinal++) {
    await ctx.tx
      .insert(fileChunks)
      .values({ fileId: row.id, ordinal, bytes: bytes.subarray(ordinal * chunkSize, (ordinal + 1) * chunkSize) });
  }
  return row;
}

/**
 * Stores bytes this system makes while they are made, piece by piece, each in a transaction of its own where none is open: no more than a piece
 * is held. `begun` is told the id before the first piece, so that what an interruption leaves can be found.
 */
export async function storeFileInPieces(
  ctx: Context,
  file: { name: string; mediaType: string },
  pieces: AsyncIterable<Uint8Array>,
  begun: (fileId: string) => Promise<void>,
): Promise<StoredFile> {
  const row = {
    id: newId(),
    name: file.name.normalize('NFC'),
    mediaType: file.mediaType,
    size: 0,
    sha256: '',
    scan: 'own' as const,
    createdBy: personId(ctx.actor),
    createdAt: ctx.now(),
  };
  await transaction(ctx, (tx) => tx.tx.insert(files).values(row));
  await begun(row.id);
  const digest = createHash('sha256');
  let ordinal = 0;
  for await (const bytes of inChunks(pieces)) {
    digest.update(bytes);
    row.size += bytes.byteLength;
    await transaction(ctx, (tx) => tx.tx.insert(fileChunks).values({ fileId: row.id, ordinal, bytes }));
    ordinal += 1;
  }
  const facts = { size: row.size, sha256: digest.digest('hex') };
  await transaction(ctx, (tx) => tx.tx.update(files).set(facts).where(eq(files.id, row.id)));
  return { ...row, ...facts };
}

/** The same bytes in pieces of the size they are stored in. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.byteLength;
    if (length < chunkSize) continue;
    const whole = Buffer.concat(waiting);
    let at = 0;
    for (; length - at >= chunkSize; at += chunkSize) yield whole.subarray(at, at + chunkSize);
    waiting = [whole.subarray(at)];
    length -= at;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** The facts of a file; throws notFound. */
export async function getFile(db: Reader, id: string): Promise<StoredFile> {
  const [row] = await db.select().from(files).where(eq(files.id, id));
  return row ?? notFound();
}

/** The whole content. Who calls it has authorised the reader. */
export async function readFile(db: Reader, id: string): Promise<Uint8Array> {
  const rows = await db
    .select({ bytes: fileChunks.bytes })
    .from(fileChunks)
    .where(eq(fileChunks.fileId, id))
    .orderBy(asc(fileChunks.ordinal));
  return Buffer.concat(rows.map((row) => row.bytes));
}
