import { and, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { fileChunks } from '#db/schema/platform.ts';
import { personId } from './actor.ts';
import { type Context, reader } from './context.ts';
import { AppError, notFound } from './errors.ts';
import { getFile, type StoredFile } from './files.ts';

/** Says whether this actor may read a file because of a record it knows of; false when it knows nothing of the file. */
export type FileReader = (ctx: Context, fileId: string) => Promise<boolean>;

const readers = new Map<string, FileReader>();

/** Files know nobody: each module that refers to files says here who may read them. Called once, from `wire()`. */
export function registerFileReader(name: string, mayRead: FileReader): void {
  readers.set(name, mayRead);
}

/**
 * The facts of a file that this actor may read. @throws notFound for every other one, existing or not; invalidState
 * while the malware scanner has not seen it (its uploader may), and for good when it found something
 */
export async function getReadableFile(ctx: Context, fileId: string): Promise<StoredFile> {
  const file = await getFile(reader(ctx), fileId);
  for (const mayRead of readers.values()) {
    if (await mayRead(ctx, fileId)) return refuseUnsafe(ctx, file);
  }
  return notFound();
}

function refuseUnsafe(ctx: Context, file: StoredFile): StoredFile {
  if (file.scan === 'quarantined') throw new AppError('invalidState', 'uploads.errors.quarantined');
  if (file.scan === 'pending' && file.createdBy !== personId(ctx.actor))
    throw new AppError('invalidState', 'uploads.errors.pending');
  return file;
}

/** The content in the pieces it is stored in, one read from the database when the one before has left. */
export async function* readFileInChunks(db: Reader, fileId: string): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal++) {
    const [row] = await db
      .select({ bytes: fileChunks.bytes })
      .from(fileChunks)
      .where(and(eq(fileChunks.fileId, fileId), eq(fileChunks.ordinal, ordinal)));
    if (!row) return;
    yield row.bytes;
  }
}
