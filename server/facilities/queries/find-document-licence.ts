import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { DocumentRef } from '../inputs.ts';
import { type Change, changesOf, findFacility, findLicence, findLicenceOfDocument } from '../records.ts';
import { type LicenceStatus, licenceStatus } from '../rules.ts';

export interface DocumentLicence {
  facilityId: string;
  facilityName: string;
  number: string;
  status: LicenceStatus;
  validFrom: string;
  validTo: string | null;
  /** what suspended or revoked it: its number, day and, where it was signed here, the document */
  decision: { number: string; on: string; documentId: string | null } | null;
  /** the licence that took its place */
  successor: { number: string; documentId: string | null } | null;
}

/** The licence a signed document gave, and whether it holds now; null: the document gave none. Public, as the register is. */
export const findDocumentLicence = query({
  input: DocumentRef,
  load: async (db, { documentId }) => {
    const licence = await findLicenceOfDocument(db, documentId);
    if (!licence) return null;
    const [facility, changes, successor] = await Promise.all([
      findFacility(db, licence.facilityId),
      changesOf(db, licence.facilityId),
      licence.supersededBy ? findLicence(db, licence.supersededBy) : null,
    ]);
    return { licence, facility: facility!, changes, successor };
  },
  allow: () => allow,
  view: (ctx, subject): DocumentLicence | null => {
    if (!subject) return null;
    const { licence, facility, changes, successor } = subject;
    const status = licenceStatus(licence, localDate(ctx.now()));
    return {
      facilityId: facility.id,
      facilityName: facility.name,
      number: licence.number,
      status,
      validFrom: licence.validFrom,
      validTo: licence.validTo,
      decision: status === 'suspended' || status === 'revoked' ? decisionOf(changes, licence.id) : null,
      successor: successor && { number: successor.number, documentId: successor.documentId },
    };
  },
});

/** The last act on a licence; the reason stays with the officials. */
function decisionOf(changes: readonly Change[], licenceId: string): DocumentLicence['decision'] {
  const last = changes.find(({ after }) => after.licenceId === licenceId);
  const number = last?.after.decisionNumber;
  return last && typeof number === 'string' ? { number, on: last.validFrom, documentId: last.documentId } : null;
}
