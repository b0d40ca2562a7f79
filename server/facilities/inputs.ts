import { z } from 'zod';
import {
  bedKinds,
  careLevels,
  facilityServices,
  insurances,
  ownerships,
  specialities,
} from '#db/enums/facility-classification.ts';
import { Id, line, paragraph } from '#server/platform/input.ts';
import { facilityKinds, licenceStatuses } from './rules.ts';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'facilities.errors.time');
const Span = z
  .object({ from: Time, to: Time })
  .refine((span) => span.from !== '24:00' && span.from !== span.to, 'facilities.errors.time');
/**
 * For each weekday (1 Monday … 7 Sunday) the spans in which it is open, and those of public holidays. A span whose end
 * is not after its begin ends the next day.
 */
export const OpeningHours = z.partialRecord(
  z.enum(['1', '2', '3', '4', '5', '6', '7', 'holiday']),
  z.array(Span).max(6),
);

export const LocalDate = z.iso.date();
const outside = 'facilities.errors.outsideVietnam';
const Latitude = z.number().min(-90, outside).max(90, outside);
const Longitude = z.number().min(-180).max(180);
export const FacilityKind = z.enum(facilityKinds);
const TerritoryCode = z.string().regex(/^\d{2,5}$/, 'errors.field.format');

/** What a facility offers and how it is classed: the vocabulary every door to the register shares. */
export const FacilityOffer = {
  services: z.array(z.enum(facilityServices)).max(facilityServices.length).default([]),
  specialities: z.array(z.enum(specialities)).max(specialities.length).default([]),
  insurance: z.array(z.enum(insurances)).max(insurances.length).default([]),
  level: z.enum(careLevels).nullish(),
  ownership: z.enum(ownerships).nullish(),
  beds: z.partialRecord(z.enum(bedKinds), z.number().int().min(0).max(20_000)).nullish(),
};

/** Name, certificate and scope: what is posted for patients. Nothing else of a person belongs in the register. */
const LicensedPerson = z.strictObject({ name: line(100), certificate: line(60), scope: line(200).optional() });

/** What the register says of a facility. */
export const FacilityFacts = z.strictObject({
  kind: FacilityKind,
  name: line(250),
  ownerName: line(250),
  taxCode: line(20).nullish(),
  addressLine: line(300),
  wardCode: TerritoryCode.nullish(),
  provinceCode: TerritoryCode,
  latitude: Latitude.nullish(),
  longitude: Longitude.nullish(),
  phone: line(40).nullish(),
  email: line(200).nullish(),
  openingHours: OpeningHours.nullish(),
  /** the person answerable in law for the profession, e.g. the chief pharmacist */
  professionalLead: line(150).nullish(),
  staff: z.array(LicensedPerson).max(500).default([]),
  scope: z.array(line(200)).max(50).default([]),
  ...FacilityOffer,
});

/** What a signed decision says about a facility and its licence; what it leaves out, the register goes on knowing. */
export const RegisterFacility = FacilityFacts.extend({
  staff: FacilityFacts.shape.staff.unwrap().optional(),
  services: FacilityFacts.shape.services.unwrap().optional(),
  specialities: FacilityFacts.shape.specialities.unwrap().optional(),
  insurance: FacilityFacts.shape.insurance.unwrap().optional(),
  dossierId: Id,
  documentId: Id,
  /** the business that holds the licence */
  organisationId: Id.nullish(),
  /** the licence this one takes the place of */
  renews: Id.nullish(),
  licence: z.strictObject({
    /** `pharmacy-eligibility`, as the procedure names what it gives */
    kind: line(60),
    /** as printed, e.g. 05/ĐKKDD-HNO */
    number: line(60),
    /** the authority that issued it */
    issuedBy: Id,
    issuedOn: LocalDate,
    validFrom: LocalDate,
    validTo: LocalDate.nullish(),
  }),
});
export type RegisterFacility = z.input<typeof RegisterFacility>;

/** When something was last recorded of a facility: from an instant on, before another. */
const Changed = { changedFrom: z.iso.datetime().optional(), changedBefore: z.iso.datetime().optional() };

/** The public finder. `near` and `bbox` are degrees (WGS 84), `radiusKm` kilometres. */
export const SearchFacilities = z.strictObject({
  q: z.string().max(200).optional(),
  provinceCode: TerritoryCode.optional(),
  wardCode: TerritoryCode.optional(),
  kind: FacilityKind.optional(),
  status: z.enum([...licenceStatuses, 'none']).optional(),
  /** of the scope of its licence or of its services */
  service: line(200).optional(),
  speciality: z.enum(specialities).optional(),
  insurance: z.enum(insurances).optional(),
  level: z.enum(careLevels).optional(),
  ownership: z.enum(ownerships).optional(),
  openNow: z.boolean().optional(),
  /** the very words alone, never what resembles them: what a machine asks has no reader who would notice */
  exact: z.boolean().optional(),
  /** also those that no longer work */
  withClosed: z.boolean().optional(),
  near: z.strictObject({ latitude: Latitude, longitude: Longitude }).optional(),
  radiusKm: z.number().positive().max(2000).optional(),
  bbox: z.strictObject({ west: Longitude, south: Latitude, east: Longitude, north: Latitude }).optional(),
  ...Changed,
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export type SearchFacilities = z.input<typeof SearchFacilities>;

/** What facilities offer, one by one. */
export const ListServices = z.strictObject({
  facilityId: Id.optional(),
  service: z.enum(facilityServices).optional(),
  q: z.string().max(200).optional(),
  ...Changed,
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});

export const FacilityRef = z.strictObject({ id: Id });
export const DocumentRef = z.strictObject({ documentId: Id });

export const placeDoubts = ['dividedWard', 'otherWard', 'otherProvince', 'wrongWard'] as const;
export const ListPlaces = z.strictObject({
  doubt: z.enum(placeDoubts).optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});
/** `choice`: province, ward and whether the coordinates stay, as the queue offers it. */
export const ProposePlace = z.strictObject({
  id: Id,
  version: z.number().int(),
  choice: z.string().min(1, 'facilities.errors.choosePlace').max(40),
  reason: paragraph(2000),
});
export type ProposePlace = z.input<typeof ProposePlace>;

/** What every act on a licence needs; what is missing is named, so that a list of errors can be told apart. */
const named = (maximum: number, missing: string) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, missing).max(maximum));
const decision = {
  licenceId: Id,
  decisionNumber: named(60, 'facilities.errors.decisionMissing'),
  reason: named(2000, 'facilities.errors.reasonMissing'),
};
/** `until`: the last day of the suspension; without it, until it is lifted. */
export const SuspendLicence = z.strictObject({ ...decision, until: LocalDate.nullish() });
export type SuspendLicence = z.input<typeof SuspendLicence>;
export const LiftSuspension = z.strictObject(decision);
export type LiftSuspension = z.input<typeof LiftSuspension>;
/** It cannot be undone: who does it says so beside the number of the licence. */
export const RevokeLicence = z.strictObject({
  ...decision,
  confirmed: z.literal(true, 'facilities.errors.revokeUnconfirmed'),
});
export type RevokeLicence = z.input<typeof RevokeLicence>;
