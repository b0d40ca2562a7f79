export { type IsHoliday, minutesUntil, type OpenState, openState, weekdayOf } from './opening-hours.ts';

/** Kinds of facility, each with the letters in its code. */
export const facilityKindLetters = {
  pharmacy: 'NT',
  'drug-counter': 'QT',
  'commune-cabinet': 'TT',
  'herbal-shop': 'DL',
  'drug-wholesaler': 'BB',
  hospital: 'BV',
  polyclinic: 'DK',
  clinic: 'PK',
  dental: 'RM',
  'maternity-home': 'HS',
  'traditional-medicine': 'YH',
  imaging: 'CA',
  laboratory: 'XN',
  'health-station': 'TY',
} as const;
export type FacilityKind = keyof typeof facilityKindLetters;
export const facilityKinds = Object.keys(facilityKindLetters) as [FacilityKind, ...FacilityKind[]];

/** `HNO-NT-000001`: place, kind, number within both. */
export const facilityCode = (placeCode: string, kind: FacilityKind, number: number): string =>
  `${placeCode}-${facilityKindLetters[kind]}-${String(number).padStart(6, '0')}`;

export const licenceStatuses = ['inForce', 'pending', 'suspended', 'expired', 'revoked', 'superseded'] as const;
export type LicenceStatus = (typeof licenceStatuses)[number];

/** What a licence's status follows from. Dates are `yyyy-mm-dd` in Vietnam. */
export interface LicenceDates {
  validFrom: string;
  /** last day on which it holds; null: no end */
  validTo: string | null;
  suspendedAt: Date | null;
  /** last day of the suspension; null: until it is lifted */
  suspendedUntil: string | null;
  revokedAt: Date | null;
  supersededAt: Date | null;
}

/** The status on a day, derived: nothing has to run for a licence to expire at 00:00 of the day after its last. */
export function licenceStatus(licence: LicenceDates, today: string): LicenceStatus {
  if (licence.revokedAt) return 'revoked';
  if (licence.supersededAt) return 'superseded';
  if (licence.validTo && licence.validTo < today) return 'expired';
  if (licence.suspendedAt && (!licence.suspendedUntil || licence.suspendedUntil >= today)) return 'suspended';
  return licence.validFrom > today ? 'pending' : 'inForce';
}

/** Whether a facility no longer works on a day. */
export const isClosed = ({ closedOn }: { closedOn: string | null }, today: string): boolean =>
  closedOn !== null && closedOn <= today;

export type LicenceAction = 'suspend' | 'lift' | 'revoke';
/** From which status each act is possible; it leads where its name says. */
const actionsFrom: Record<LicenceAction, readonly LicenceStatus[]> = {
  suspend: ['inForce', 'pending'],
  lift: ['suspended'],
  revoke: ['inForce', 'pending', 'suspended'],
};
export const canAct = (action: LicenceAction, status: LicenceStatus): boolean => actionsFrom[action].includes(status);

/** How many days before its last day a licence may be renewed, and when its holder is reminded. */
export const renewalOpensDays = 180;
export const reminderDays = [90, 30, 7] as const;

/** The day `days` after a day, `yyyy-mm-dd`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Why a licence cannot be renewed on a day, as the end of a message key; null: it can. One without an end needs no renewal. */
export function renewalHindrance(
  licence: LicenceDates,
  today: string,
): 'unlimited' | 'tooEarly' | LicenceStatus | null {
  const status = licenceStatus(licence, today);
  if (status !== 'inForce' && status !== 'expired') return status;
  if (!licence.validTo) return 'unlimited';
  return licence.validTo > dayAfter(today, renewalOpensDays) ? 'tooEarly' : null;
}

const sealHindrances = ['revoked', 'superseded', 'suspended'] as const;

/**
 * What keeps a renewal's certificate from being sealed: what was taken away is not given back, and what is suspended is
 * not allowed again by a new paper before the suspension is lifted. null: nothing.
 */
export const sealHindrance = (status: LicenceStatus): (typeof sealHindrances)[number] | null =>
  sealHindrances.find((each) => each === status) ?? null;

/** The reminder that is due on a day: the smallest of the terms that has begun; null: none yet, or the last day is over. */
export function reminderDue(validTo: string, today: string): number | null {
  if (validTo < today) return null;
  return reminderDays.findLast((days) => validTo <= dayAfter(today, days)) ?? null;
}

type Said = Readonly<Record<string, unknown>> & {
  professionalLead?: string | null | undefined;
  staff?: { name: string; certificate: string }[] | undefined;
};

/**
 * What the register says of a facility after a certificate: what the certificate leaves open stays as it was known. Those
 * it names stand first among the staff, and the one who answered for the profession before leaves the list with that
 * office. A point belongs to an address: with another address the old one goes.
 */
export function afterCertificate(known: Said, said: Said): Record<string, unknown> {
  const told = Object.entries(said).filter(([, value]) => value !== undefined && value !== null);
  const content: Record<string, unknown> = { ...known, ...Object.fromEntries(told) };
  const named = said.staff ?? [];
  const followed = said.professionalLead ? known.professionalLead : null;
  const others = (known.staff ?? []).filter(
    ({ name, certificate }) => name !== followed && !named.some((each) => each.certificate === certificate),
  );
  content.staff = [...named, ...others];
  const moved = (['addressLine', 'wardCode', 'provinceCode'] as const).some((key) => content[key] !== known[key]);
  if (moved) for (const axis of ['latitude', 'longitude']) content[axis] = said[axis] ?? null;
  return content;
}

/** Whether a point lies far from the country and its islands: latitude and longitude were swapped, or stand at 0, 0. */
export const isFarOutside = (latitude: number, longitude: number): boolean =>
  latitude < 6 || latitude > 24 || longitude < 101.5 || longitude > 118;

const earthRadiusKm = 6371.0088;

/** Great-circle distance in kilometres (haversine on the mean radius of the earth): true to about 0.5%. */
export function distanceKm(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(rad(degrees) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(b.longitude - a.longitude);
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** What a name begins with that says the kind, as search compares it: written out or short, it is the same place. */
const kindWords =
  /^(nha thuoc|quay thuoc|nt|qt|phong kham da khoa|phong kham|pk|pkdk|benh vien da khoa|benh vien|bv|bvdk|tram y te|tyt|cong ty( tnhh| co phan)?) /;

/** A name without its kind, from a name as search compares it. */
export const coreName = (searchName: string): string => searchName.replace(kindWords, '');
