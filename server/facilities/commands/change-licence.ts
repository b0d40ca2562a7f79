import { eq, sql } from 'drizzle-orm';
import { facilities, facilityChanges, facilityLicences } from '#db/schema/facilities.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, type TxContext } from '#server/platform/index.ts';
import { tellEntriesChanged } from '#server/registers/index.ts';
import { findDocumentsByNumber, getDocument } from '#server/signatures/index.ts';
import { recordedBy } from '../recorded-by.ts';
import type { Facility, Licence } from '../records.ts';
import { canAct, type LicenceAction, licenceStatus } from '../rules.ts';

export interface LicenceChange {
  facilityId: string;
  licenceId: string;
}

interface Subject {
  licence: Licence;
  facility: Facility;
}

const historyNames: Record<LicenceAction, string> = {
  suspend: 'licenceSuspended',
  lift: 'suspensionLifted',
  revoke: 'licenceRevoked',
};

/** What every act on a licence has in common: the state table is asked, the row changed, a line of history added. */
export async function changeLicence(
  ctx: TxContext,
  { licence, facility }: Subject,
  action: LicenceAction,
  decision: { decisionNumber: string; reason: string; until?: string | null },
  set: Partial<Pick<Licence, 'suspendedAt' | 'suspendedUntil' | 'revokedAt'>>,
): Promise<LicenceChange> {
  const today = localDate(ctx.now());
  const status = licenceStatus(licence, today);
  if (!canAct(action, status)) throw new AppError('invalidState', `facilities.errors.${action}.${status}`);
  if (decision.until && decision.until < today) {
    throw new AppError('invalidInput', 'errors.invalidInput', {
      fields: [{ path: 'until', reason: 'facilities.errors.untilPast' }],
    });
  }
  await ctx.tx.update(facilityLicences).set(set).where(eq(facilityLicences.id, licence.id));
  await ctx.tx
    .update(facilities)
    .set({ version: sql`${facilities.version} + 1` })
    .where(eq(facilities.id, facility.id));
  const decided = await decisionHere(ctx, licence.issuedBy, decision.decisionNumber);
  await ctx.tx.insert(facilityChanges).values({
    facilityId: facility.id,
    action: historyNames[action],
    validFrom: today,
    recordedAt: ctx.now(),
    recordedBy: recordedBy(ctx.actor),
    documentId: decided,
    after: { licenceId: licence.id, ...decision },
  });
  await tellEntriesChanged(ctx, 'facilities', [
    { entryId: facility.id, action: historyNames[action], validFrom: today },
  ]);
  return { facilityId: facility.id, licenceId: licence.id };
}

/** The decision, where it was signed and issued here by the same authority: the public may then open it. */
async function decisionHere(ctx: TxContext, issuedBy: string, decisionNumber: string): Promise<string | null> {
  const number = decisionNumber.replace(/\s+/g, '');
  const found = await findDocumentsByNumber(ctx, { number });
  for (const { id } of found) {
    const document = await getDocument(ctx.tx, id);
    if (document.organisationId === issuedBy && document.state === 'issued') return id;
  }
  return null;
}

/** What the audit row says of it. The reason stays in the history: it may name people. */
export const licenceFacts = ({ input, result }: { input: { decisionNumber: string }; result: LicenceChange }) => ({
  subjectType: 'facility',
  subjectId: result.facilityId,
  details: { licenceId: result.licenceId, decisionNumber: input.decisionNumber },
});
