import { localDate } from '#server/calendar/index.ts';
import { allow, query } from '#server/platform/index.ts';
import { DocumentRef } from '../inputs.ts';
import { findFacility, findLicenceOfDocument } from '../records.ts';
import { type LicenceStatus, licenceStatus } from '../rules.ts';

export interface DocumentLicence {
  facilityId: string;
  facilityName: string;
  number: string;
  status: LicenceStatus;
  validFrom: string;
  validTo: string | null;
}

/** The licence a signed document gave, and whether it holds now; null: the document gave none. Public, as the register is. */
export const findDocumentLicence = query({
  input: DocumentRef,
  load: async (db, { documentId }) => {
    const licence = await findLicenceOfDocument(db, documentId);
    return licence ? { licence, facility: (await findFacility(db, licence.facilityId))! } : null;
  },
  allow: () => allow,
  view: (ctx, subject): DocumentLicence | null => {
    if (!subject) return null;
    const { licence, facility } = subject;
    return {
      facilityId: facility.id,
      facilityName: facility.name,
      number: licence.number,
      status: licenceStatus(licence, localDate(ctx.now())),
      validFrom: licence.validFrom,
      validTo: licence.validTo,
    };
  },
});
