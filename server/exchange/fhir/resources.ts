import type { FacilityView, FoundFacility, OfferedService } from '#server/facilities/index.ts';

const profiles = 'https://profiles.ihe.net/ITI/mCSD/StructureDefinition';
const mcsdTypes = 'https://profiles.ihe.net/ITI/mCSD/CodeSystem/IHE.mCSD.Organization.Location.Types';
const systems = 'https://motcua.moh.gov.vn/fhir';

/** A facility that no longer may work is inactive, one that is suspended says so (HL7 FHIR R4, location-status). */
function statusOf({ licence, closedOn }: FoundFacility): 'active' | 'suspended' | 'inactive' {
  if (closedOn !== null) return 'inactive';
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

/** What mCSD knows of it, and what we call it. */
const typeOf = ({ kind }: FoundFacility) => [
  { coding: [{ system: mcsdTypes, code: 'facility' }] },
  { coding: [{ system: `${systems}/facility-kind`, code: kind }] },
];

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

const metaOf = ({ demo }: FacilityView, changedAt: Date, names: string[]) => ({
  lastUpdated: changedAt.toISOString(),
  profile: names.map((name) => `${profiles}/${name}`),
  ...(demo ? { tag: [{ system: `${systems}/tag`, code: 'demo' }] } : {}),
});

/** A facility as IHE mCSD's Location: where it is. */
export const locationOf = (facility: FoundFacility, changedAt: Date) => ({
  resourceType: 'Location',
  id: facility.id,
  meta: metaOf(facility, changedAt, ['IHE.mCSD.Location', 'IHE.mCSD.FacilityLocation']),
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
export const organizationOf = (facility: FoundFacility, changedAt: Date) => ({
  resourceType: 'Organization',
  id: facility.id,
  meta: metaOf(facility, changedAt, ['IHE.mCSD.Organization', 'IHE.mCSD.FacilityOrganization']),
  identifier: identifiersOf(facility),
  active: statusOf(facility) === 'active',
  type: typeOf(facility),
  name: facility.name,
  telecom: telecomOf(facility),
  address: [addressOf(facility)],
});

/** The id of a service: that of its facility, a full stop, its code. */
export const serviceId = ({ facility, service }: OfferedService): string => `${facility.id}.${service}`;

/** One service of a facility as IHE mCSD's HealthcareService: what is offered there, and when. */
export const healthcareServiceOf = (offered: OfferedService, changedAt: Date) => {
  const { facility, service } = offered;
  return {
    resourceType: 'HealthcareService',
    id: serviceId(offered),
    meta: metaOf(facility, changedAt, ['IHE.mCSD.HealthcareService']),
    identifier: [{ system: `${systems}/facility-service`, value: `${facility.code}/${service}` }],
    active: statusOf(facility) === 'active',
    providedBy: { reference: `Organization/${facility.id}` },
    type: [{ coding: [{ system: `${systems}/service`, code: service }] }],
    location: [{ reference: `Location/${facility.id}` }],
    name: `${facility.name}: ${service}`,
    telecom: telecomOf(facility),
    availableTime: hoursOf(facility).map(({ daysOfWeek, openingTime, closingTime }) => ({
      daysOfWeek,
      availableStartTime: openingTime,
      availableEndTime: closingTime,
    })),
  };
};

/** Arrays without members are left out: FHIR's JSON knows none that are empty. */
export const compact = (resource: object): object =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
