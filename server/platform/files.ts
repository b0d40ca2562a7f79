import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { fileChunks, files } from '#db/schema/platform.ts';
import { personId } from './actor.ts';
import type { TxContext } from './context.ts';
import { notFound } from './errors.ts';
import { newId } from './ids.ts';

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
