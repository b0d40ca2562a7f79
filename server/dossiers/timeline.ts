import { dossierEvents } from '#db/schema/dossiers.ts';
import { personId, type TxContext } from '#server/platform/index.ts';

/** Kinds of entries on a dossier's timeline; each has a text in `messages/<locale>/dossiers.json` under `timeline`. */
export type TimelineKind =
  | 'filed'
  | 'paymentSettled'
  | 'moneyHeld'
  | 'refundProposed'
  | 'refundApproved'
  | 'refundDeclined'
  | 'refundSent'
  | 'received'
  | 'refusedAtReceipt'
  | 'slipIssued'
  | 'taskTaken'
  | 'taskReleased'
  | 'assessed'
  | 'supplementRequested'
  | 'supplemented'
  | 'supplementLapsed'
  | 'inspectionPlanned'
  | 'inspected'
  | 'correctionRequested'
  | 'corrected'
  | 'resultDrafted'
  | 'resultProposed'
  | 'resultInitialled'
  | 'resultReturned'
  | 'resultSigned'
  | 'resultIssued'
  | 'registered'
  | 'resultDelivered'
  | 'resultCollected'
  | 'rated'
  | 'withdrawn'
  | 'supplementProposed'
  | 'supplementApproved'
  | 'supplementDeclined'
  | 'answerReminded'
  | 'extensionProposed'
  | 'extensionDeclined'
  | 'extended'
  | 'escalated'
  | 'deadlineRecomputed'
  | 'taskReleased'
  | 'taskReassigned'
  | 'actedOnBehalf'
  | 'moveRecalled'
  | 'note'
  | 'message';

/** Adds an entry and gives its number. Entries are never changed; `office` entries are internal. */
export async function addToTimeline(
  ctx: TxContext,
  dossierId: string,
  kind: TimelineKind,
  entry: {
    visibility?: 'all' | 'office';
    data?: Record<string, unknown>;
    fileId?: string | null;
    documentId?: string | null;
  } = {},
): Promise<number> {
  const [row] = await ctx.tx
    .insert(dossierEvents)
    .values({
      dossierId,
      at: ctx.now(),
      kind,
      actorUserId: personId(ctx.actor),
      visibility: entry.visibility ?? 'all',
      data: entry.data ?? {},
      fileId: entry.fileId ?? null,
      documentId: entry.documentId ?? null,
    })
    .returning({ id: dossierEvents.id });
  return row!.id;
}
