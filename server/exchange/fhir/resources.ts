import type { FoundFacility } from '#server/facilities/index.ts';

const profiles = 'https://profiles.ihe.net/ITI/mCSD/StructureDefinition';
const systems = 'https://motcua.moh.gov.vn/fhir';

/** A facility that no longer may work is inactive, one that is suspended says so (HL7 FHIR R4, location-status). */
function statusOf({ licence }: FoundFacility): 'active' | 'suspended' | 'inactive' {
  if (licence?.status === 'suspended') return 'suspended';
  return licence === null || licence.status === 'inForce' || licence.status === 'pending' ? 'active' : 'inactive';
}

const identifiersOf = ({ code, licence }: FoundFacility) => [
  { use: 'official', system: `${systems}/facility-code`, value: code },
  ...(licence
    ? [
        {
          system: `${systems}/licence-number`,
          value: licence.number,
          period: { start: licence.validFrom, ...(licence.validTo ? { end: licence.validTo } : {}) },
        },
      ]
    : []),
];

const typeOf = ({ kind }: FoundFacility) => [{ coding: [{ system: `${systems}/facility-kind`, code: kind }] }];

const addressOf = ({ addressLine, ward, province }: FoundFacility) => ({
  line: [addressLine],
  ...(ward ? { city: ward.name } : {}),
  state: province.name,
  country: 'VN',
});

const telecomOf = ({ phone }: FoundFacility) => (phone ? [{ system: 'phone', value: phone }] : []);

const days: Record<string, string> = { 1: 'mon', 2: 'tue', 3: 'wed', 4: 'thu', 5: 'fri', 6: 'sat', 7: 'sun' };

/** One line a span; one that ends at midnight or later ends with its day (FHIR knows no span over midnight). */
const hoursOf = ({ openingHours }: FoundFacility) =>
  Object.entries(openingHours ?? {}).flatMap(([day, spans]) =>
    (spans ?? []).flatMap(({ from, to }) =>
      days[day]
        ? [
            {
              daysOfWeek: [days[day]],
              openingTime: `${from}:00`,
              closingTime: to > from && to !== '24:00' ? `${to}:00` : '23:59:59',
            },
          ]
        : [],
    ),
  );

/** A facility as IHE mCSD's Location: where it is. */
export const locationOf = (facility: FoundFacility) => ({
  resourceType: 'Location',
  id: facility.id,
  meta: {
    profile: [`${profiles}/IHE.mCSD.FacilityLocation`],
    ...(facility.demo ? { tag: [{ system: `${systems}/tag`, code: 'demo' }] } : {}),
  },
  identifier: identifiersOf(facility),
  status: statusOf(facility),
  name: facility.name,
  mode: 'instance',
  type: typeOf(facility),
  telecom: telecomOf(facility),
  address: addressOf(facility),
  physicalType: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'si' }] },
  ...(facility.latitude === null || facility.longitude === null
    ? {}
    : { position: { longitude: facility.longitude, latitude: facility.latitude } }),
  managingOrganization: { reference: `Organization/${facility.id}` },
  hoursOfOperation: hoursOf(facility),
});

/** The same facility as IHE mCSD's Organization: who it is. */
export const organizationOf = (facility: FoundFacility) => ({
  resourceType: 'Organization',
  id: facility.id,
  meta: { profile: [`${profiles}/IHE.mCSD.FacilityOrganization`] },
  identifier: identifiersOf(facility),
  active: statusOf(facility) === 'active',
  type: typeOf(facility),
  name: facility.name,
  telecom: telecomOf(facility),
  address: [addressOf(facility)],
});

/** Arrays without members are left out: FHIR's JSON knows none that are empty. */
export const compact = (resource: object): object =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
