import { and, count, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { files } from '#db/schema/platform.ts';
import { recordAudit } from './audit.ts';
import { attachmentsOf } from './content/pdf-content.ts';
import type { TxContext } from './context.ts';
import { env } from './env.ts';
import { readFileInChunks } from './file-access.ts';
import { getFile, readFile, type StoredFile } from './files.ts';
import { log } from './log.ts';
import { enqueue, type Job, job } from './outbox.ts';
import { type ScannerAddress, type ScanVerdict, scanBytes } from './scanner.ts';
import { transaction } from './transaction.ts';

/** What follows when malware was found in a file, in the transaction that says so. */
type QuarantineFollower = (ctx: TxContext, file: StoredFile) => Promise<void>;
const followers: QuarantineFollower[] = [];

/** Files know nobody: each module that takes uploads says here whom to tell. Called once, from `wire()`. */
export function onQuarantine(follower: QuarantineFollower): void {
  followers.push(follower);
}

/** How long after a failed attempt the scanner is asked again, in milliseconds. */
const pause = 60_000;

/**
 * Shows one file to the scanner. While that cannot be reached the file stays `pending` and the job comes back every
 * minute, without end: a file nobody has looked at is never taken for safe.
 */
const scanFile = job('file.scan', z.object({ fileId: z.uuid() }), async (ctx, { fileId }) => {
  const file = await getFile(ctx.db, fileId);
  const { clamd } = env();
  if (file.scan !== 'pending') return;
  const verdict = clamd
    ? await scanWhole(ctx.db, file, clamd).catch((error: unknown) => {
        log.warn('the malware scanner did not answer; the file stays pending', { fileId, error });
        return null;
      })
    : null;
  await transaction(ctx, async (tx) => {
    if (verdict === null) {
      // by the clock on the wall, as the queue does, whatever the day of a demo
      const runAt = new Date(Date.now() + pause);
      return enqueue(tx, 'file.scan', { fileId }, { jobKey: `scan:${fileId}`, runAt });
    }
    const changed = await tx.tx
      .update(files)
      .set({
        scan: verdict.clean ? 'clean' : 'quarantined',
        scannedAt: ctx.now(),
        scanFinding: verdict.clean ? null : verdict.finding,
      })
      .where(and(eq(files.id, fileId), eq(files.scan, 'pending')))
      .returning({ id: files.id });
    if (changed.length === 0 || verdict.clean) return;
    recordAudit(tx, 'file.quarantine', {
      subjectType: 'file',
      subjectId: fileId,
      details: { finding: verdict.finding, sha256: file.sha256 },
    });
    for (const follow of followers) await follow(tx, { ...file, scan: 'quarantined' });
  });
});

/** The file as it is, and what is attached to a PDF. */
async function scanWhole(db: Reader, file: StoredFile, scanner: ScannerAddress): Promise<ScanVerdict> {
  const whole = await scanBytes(scanner, readFileInChunks(db, file.id));
  if (!whole.clean || file.mediaType !== 'application/pdf') return whole;
  for (const attachment of attachmentsOf(await readFile(db, file.id))) {
    const verdict = await scanBytes(scanner, inPieces(attachment));
    if (!verdict.clean) return verdict;
  }
  return whole;
}

const pieceSize = 256 * 1024;
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

export const platformJobs = [scanFile] as Job[];

/** How many uploads wait, are blocked, or were taken without a scanner. */
export async function scanCounts(db: Reader): Promise<{ pending: number; quarantined: number; unchecked: number }> {
  const rows = await db.select({ scan: files.scan, count: count() }).from(files).groupBy(files.scan);
  const of = (scan: string) => rows.find((row) => row.scan === scan)?.count ?? 0;
  return { pending: of('pending'), quarantined: of('quarantined'), unchecked: of('unchecked') };
}
