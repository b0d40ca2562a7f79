import { type LicensedPerson, registerFacility } from '#server/facilities/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import { getAt, type JsonObject } from '#server/procedures/index.ts';
import type { IssuedResult, ProcedureCode } from '../procedure-code.ts';
import { kindName, numberAt, scopeOf, textAt } from './answers.ts';
import { openingHours } from './opening-hours.ts';
import { resultData } from './result.ts';

/** The register knows pharmacies and drug counters; the two smaller kinds of retail stand among the counters, their scope names them. */
const registeredKind = (answers: JsonObject) =>
  textAt(answers, 'facility.kind') === 'pharmacy' ? 'pharmacy' : 'drug-counter';

/** The chief pharmacist, then those of the staff who have a practice certificate. */
function licensedStaff(answers: JsonObject): LicensedPerson[] {
  const listed = getAt(answers, 'staff');
  const staff = (Array.isArray(listed) ? (listed as JsonObject[]) : []).map((each) => ({
    name: textAt(each, 'name'),
    certificate: textAt(each, 'certificateNumber'),
    scope: textAt(each, 'qualification') || undefined,
  }));
  const chief = {
    name: textAt(answers, 'chief.name'),
    certificate: textAt(answers, 'chief.certificate.number'),
    scope: 'Người chịu trách nhiệm chuyên môn về dược',
  };
  const known = new Set<string>();
  return [chief, ...staff].filter(({ name, certificate }) => {
    const first = name !== '' && certificate !== '' && !known.has(certificate);
    known.add(certificate);
    return first;
  });
}

/** Enters the pharmacy with its certificate in the register. Run twice, it changes nothing the second time. */
async function register(ctx: TxContext, result: IssuedResult): Promise<void> {
  const { answers } = result;
  const kind = registeredKind(answers);
  const scope = scopeOf(answers);
  const named = textAt(answers, 'facility.kind') === kind ? scope : [kindName(answers), ...scope];
  await registerFacility(ctx, {
    dossierId: result.dossierId,
    documentId: result.documentId,
    kind,
    name: textAt(answers, 'facility.name'),
    ownerName: textAt(answers, 'applicant.name') || result.applicant.name,
    organisationId: result.organisationId,
    taxCode: textAt(answers, 'applicant.taxCode') || result.applicant.taxCode,
    addressLine: textAt(answers, 'facility.address.street'),
    wardCode: textAt(answers, 'facility.address.ward') || null,
    provinceCode: textAt(answers, 'facility.address.province'),
    latitude: numberAt(answers, 'facility.location.latitude'),
    longitude: numberAt(answers, 'facility.location.longitude'),
    phone: textAt(answers, 'facility.phone') || null,
    email: textAt(answers, 'facility.email') || null,
    openingHours: openingHours(answers),
    professionalLead: textAt(answers, 'chief.name') || null,
    staff: licensedStaff(answers),
    scope: named,
    renews: result.renewsLicenceId,
    licence: {
      kind: 'pharmacy-eligibility',
      number: result.number,
      issuedBy: result.authorityId,
      issuedOn: result.issuedOn,
      validFrom: result.issuedOn,
      validTo: result.validTo,
    },
  });
}

export const pharmacyEligibility: ProcedureCode = {
  resultData,
  effects: { 'pharmacy-eligibility.register': register },
};
