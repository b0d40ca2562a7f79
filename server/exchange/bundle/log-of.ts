import type { Reader } from '#db/client.ts';
import { type AuditRow, auditRowsAbout, entryOf, type LogEntry, type Opened, openedOf } from '../audit/audit-rows.ts';
import { headOver, leavesOf, type PublishedHead, publishedHead } from '../audit/heads.ts';
import { proofOf } from '../audit/merkle.ts';

/** One line of a bundle's log: what its reader may see of a row, and the proof that a published head covers it. */
export interface BundleLine {
  entry: LogEntry;
  opened: { actor?: Opened; details?: Opened };
  proof: { head: number; index: number; count: number; path: string[] };
}

export interface BundleLog {
  lines: BundleLine[];
  heads: PublishedHead[];
  /** entries so young that no head covers them yet */
  notYetPublished: number;
}

/** What an applicant learns of: their own acts and the authority's acts towards them. Internal steps and refused tries stay inside. */
const toldToApplicant = new Set([
  'dossier.create',
  'dossier.start-renewal',
  'dossier.file',
  'dossier.receive',
  'dossier.refuseReceipt',
  'dossier.sendRequestAnswer',
  'dossier.withdraw',
  'dossier.rate',
  'dossier.collectResult',
  'document.initial',
  'document.sign',
  'document.issue',
  'document.changeStatus',
  'payment.request',
  'payment.record-callback',
  'payment.issue-receipt',
  'refund.decide',
  'refund.record-sent',
]);
/** Whose details name nobody: digests of signed files, codes, dates and sums. */
const openDetails = new Set(['dossier.file', 'dossier.receive', 'document.initial', 'document.sign', 'document.issue']);

/**
 * The log of some subjects for a reader. Officials also see who did it; an applicant sees that of their own acts only
 * (`userId`). What stays hidden is bound by a salted digest, so that it can be laid open later and cannot be exchanged.
 */
export async function logOf(
  db: Reader,
  subjects: readonly { type: string; id: string }[],
  reader: { side: 'applicant' | 'office'; userId: string | null },
): Promise<BundleLog> {
  const rows = (await auditRowsAbout(db, subjects)).filter(
    (row) => reader.side === 'office' || (row.outcome === 'done' && toldToApplicant.has(row.action)),
  );
  const lines: BundleLine[] = [];
  const heads = new Map<number, { head: PublishedHead; leaves: string[]; secret: string; firstRow: number }>();
  let notYetPublished = 0;
  for (const row of rows) {
    const covering = [...heads.values()].find(
      ({ head: { statement } }) => statement.firstRow <= row.id && row.id <= statement.lastRow,
    );
    const known = covering ?? (await openHead(db, row.id));
    if (!known) {
      notYetPublished += 1;
      continue;
    }
    heads.set(known.head.statement.ordinal, known);
    const index = row.id - known.firstRow;
    lines.push({
      entry: entryOf(row, known.secret),
      opened: openedFor(row, known.secret, reader),
      proof: {
        head: known.head.statement.ordinal,
        index,
        count: known.leaves.length,
        path: proofOf(known.leaves, index),
      },
    });
  }
  return { lines, heads: [...heads.values()].map(({ head }) => head), notYetPublished };
}

async function openHead(db: Reader, rowId: number) {
  const row = await headOver(db, rowId);
  if (!row) return null;
  return { head: publishedHead(row), leaves: await leavesOf(db, row), secret: row.secret, firstRow: row.firstRow };
}

function openedFor(row: AuditRow, secret: string, { side, userId }: { side: string; userId: string | null }) {
  const all = openedOf(row, secret);
  const own = userId !== null && row.actor === `person:${userId}`;
  return {
    ...(side === 'office' || own ? { actor: all.actor } : {}),
    ...(side === 'office' || openDetails.has(row.action) ? { details: all.details } : {}),
  };
}
