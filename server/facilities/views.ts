import { desc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type {
  Beds,
  CareLevel,
  FacilityService,
  Insurance,
  Ownership,
  Speciality,
} from '#db/enums/facility-classification.ts';
import { isOneOf } from '#db/is-one-of.ts';
import { facilities, facilityLicences, type LicensedPerson, type OpeningHours } from '#db/schema/facilities.ts';
import { organisations } from '#db/schema/identity.ts';
import { calendarOfNation, localDate } from '#server/calendar/index.ts';
import { type OpenState, openState } from './opening-hours.ts';
import { type Facility, type Licence, type PlaceName, placeNames } from './records.ts';
import { type FacilityKind, isClosed, type LicenceStatus, licenceStatus } from './rules.ts';

export interface LicenceView {
  id: string;
  kind: string;
  /** as printed, e.g. 05/ĐKKDD-HNO */
  number: string;
  status: LicenceStatus;
  issuedBy: { id: string; name: string; nameEn: string | null };
  /** `yyyy-mm-dd` */
  issuedOn: string;
  validFrom: string;
  validTo: string | null;
  /** last day of the present suspension; null: none, or until it is lifted */
  suspendedUntil: string | null;
  /** the signed document that gave it */
  documentId: string | null;
}

/** A facility as anyone may see it. */
export interface FacilityView {
  id: string;
  code: string;
  kind: FacilityKind;
  name: string;
  ownerName: string;
  taxCode: string | null;
  addressLine: string;
  ward: PlaceName | null;
  province: PlaceName;
  latitude: number | null;
  longitude: number | null;
  phone: string | null;
  openingHours: OpeningHours | null;
  /** null: hours unknown, or no licence in force */
  open: OpenState | null;
  professionalLead: string | null;
  staff: LicensedPerson[];
  scope: string[];
  services: FacilityService[];
  specialities: Speciality[];
  insurance: Insurance[];
  level: CareLevel | null;
  ownership: Ownership | null;
  beds: Beds | null;
  /** the first day on which it no longer works */
  closedOn: string | null;
  /** the latest; null: none on record */
  licence: LicenceView | null;
  demo: boolean;
}

type Issuer = { name: string | null; nameEn: string | null };

export function licenceView(licence: Licence, issuer: Issuer, today: string): LicenceView {
  const status = licenceStatus(licence, today);
  return {
    id: licence.id,
    kind: licence.kind,
    number: licence.number,
    status,
    issuedBy: { id: licence.issuedBy, name: issuer.name ?? '', nameEn: issuer.nameEn },
    issuedOn: licence.issuedOn,
    validFrom: licence.validFrom,
    validTo: licence.validTo,
    suspendedUntil: status === 'suspended' ? licence.suspendedUntil : null,
    documentId: licence.documentId,
  };
}

/** Rows of the register as the public sees them, in no particular order. */
export async function facilityViews(db: Reader, ids: string[], at: Date): Promise<FacilityView[]> {
  if (ids.length === 0) return [];
  // asked at once: a connection answers them one behind the other, without waiting for us in between
  const [rows, licences, { holidays }] = await Promise.all([
    db.select().from(facilities).where(isOneOf(facilities.id, ids)),
    latestLicences(db, ids),
    calendarOfNation(db),
  ]);
  const [wards, provinces] = await Promise.all([
    placeNames(
      db,
      'ward',
      rows.flatMap((row) => row.wardCode ?? []),
    ),
    placeNames(
      db,
      'province',
      rows.map((row) => row.provinceCode),
    ),
  ]);
  const today = localDate(at);
  const isHoliday = (date: string) => date in holidays;
  return rows.map((row) => {
    const found = licences.get(row.id);
    const licence = found ? licenceView(found.licence, found.issuer, today) : null;
    const works = licence?.status === 'inForce' && !isClosed(row, today);
    return {
      ...publicFacts(row),
      ward: row.wardCode ? wards.get(row.wardCode)! : null,
      province: provinces.get(row.provinceCode)!,
      licence,
      open: row.openingHours && works ? openState(row.openingHours, at, isHoliday) : null,
    };
  });
}

/** Named one by one, so that a new column does not become public by itself. */
function publicFacts(row: Facility) {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind as FacilityKind,
    name: row.name,
    ownerName: row.ownerName,
    taxCode: row.taxCode,
    addressLine: row.addressLine,
    latitude: row.latitude,
    longitude: row.longitude,
    phone: row.phone,
    openingHours: row.openingHours,
    professionalLead: row.professionalLead,
    staff: row.staff,
    scope: row.scope,
    services: row.services,
    specialities: row.specialities,
    insurance: row.insurance,
    level: row.level,
    ownership: row.ownership,
    beds: row.beds,
    closedOn: row.closedOn,
    demo: row.demo,
  };
}

async function latestLicences(db: Reader, facilityIds: string[]) {
  const rows = await db
    .selectDistinctOn([facilityLicences.facilityId], {
      licence: facilityLicences,
      issuer: { name: organisations.name, nameEn: organisations.nameEn },
    })
    .from(facilityLicences)
    .leftJoin(organisations, eq(organisations.id, facilityLicences.issuedBy))
    .where(isOneOf(facilityLicences.facilityId, facilityIds))
    .orderBy(
      facilityLicences.facilityId,
      desc(facilityLicences.issuedOn),
      desc(facilityLicences.createdAt),
      desc(facilityLicences.id),
    );
  return new Map(
    rows.map(({ licence, issuer }) => [
      licence.facilityId,
      { licence, issuer: issuer ?? { name: null, nameEn: null } },
    ]),
  );
}
