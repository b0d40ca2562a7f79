import { z } from 'zod';
import { type FacilityService, facilityServices } from '#db/enums/facility-classification.ts';
import type { SearchFacilities } from '#server/facilities/inputs.ts';
import { type Changed, readLastUpdated } from './instants.ts';
import { WrongParameter } from './outcome.ts';

export const resourceTypes = ['Location', 'Organization', 'HealthcareService'] as const;
export type ResourceType = (typeof resourceTypes)[number];

interface Parameter {
  name: string;
  type: 'token' | 'string' | 'special' | 'number' | 'date' | 'reference';
  documentation: string;
  of: readonly ResourceType[];
}

const places = ['Location', 'Organization'] as const;

/** What each kind of resource is searched by: the CapabilityStatement says the same. */
export const searchParameters: readonly Parameter[] = [
  { name: '_id', type: 'token', documentation: 'The id of the resource', of: resourceTypes },
  {
    name: '_lastUpdated',
    type: 'date',
    documentation:
      'When something was last recorded of it, with eq, ge, gt, le or lt; may be given twice. What has closed since is among it, inactive',
    of: resourceTypes,
  },
  {
    name: 'name',
    type: 'string',
    documentation: 'Words of the name, code or licence number of the facility; marks are not needed',
    of: resourceTypes,
  },
  { name: 'address-state', type: 'string', documentation: 'Code of the province', of: places },
  {
    name: 'near',
    type: 'special',
    documentation: 'latitude|longitude|distance|km: great-circle distance, nearest first',
    of: ['Location'],
  },
  { name: 'service-type', type: 'token', documentation: 'Code of the service', of: ['HealthcareService'] },
  { name: 'location', type: 'reference', documentation: 'Where it is offered', of: ['HealthcareService'] },
  { name: 'organization', type: 'reference', documentation: 'Who offers it', of: ['HealthcareService'] },
  { name: '_count', type: 'number', documentation: 'Resources on a page, 1 to 100', of: resourceTypes },
];

/** What may come along with what was found (`_include`): the place a service is offered at, and whose it is. */
export const includes: Record<ResourceType, readonly string[]> = {
  Location: ['Location:organization'],
  Organization: [],
  HealthcareService: ['HealthcareService:location', 'HealthcareService:organization'],
};

export interface FhirSearch extends Changed {
  id: string | null;
  criteria: SearchFacilities;
  /** of HealthcareService */
  service: FacilityService | null;
  facilityId: string | null;
  /** the kinds of resources that come along */
  include: ('Location' | 'Organization')[];
}

const decimal = /^-?\d{1,3}(\.\d+)?$/;
const often: Record<string, number> = { _lastUpdated: 2, _include: 2 };
/** Beside `_id` only these can be answered: of one resource nothing else is asked. */
const besideId = new Set(['_id', '_lastUpdated', '_count', '_include', '_page', '_format']);

/** Reads a search. `_page` is ours: the links of a bundle carry it. @throws WrongParameter for all it does not know */
export function readSearch(resource: ResourceType, params: URLSearchParams): FhirSearch {
  assertKnown(resource, params);
  const criteria: SearchFacilities = {
    page: whole(params, '_page', 1, 100_000, 1),
    pageSize: whole(params, '_count', 1, 100, 20),
  };
  const name = params.get('name');
  if (name) criteria.q = name.slice(0, 200);
  const state = params.get('address-state');
  if (state && !/^\d{2}$/.test(state)) throw new WrongParameter('address-state', 'A province code has two digits.');
  if (state) criteria.provinceCode = state;
  const near = params.get('near');
  if (near) Object.assign(criteria, nearOf(near));
  const changed = readLastUpdated(params.getAll('_lastUpdated'));
  Object.assign(criteria, changed);
  const id = params.get('_id');
  if (id && resource !== 'HealthcareService' && !z.uuid().safeParse(id).success)
    throw new WrongParameter('_id', 'An id here is a UUID.');
  if (id && resource === 'HealthcareService' && !readServiceId(id))
    throw new WrongParameter('_id', 'An id here is a UUID, a full stop and the code of a service.');
  const unanswered = id && [...params.keys()].find((each) => !besideId.has(each));
  if (unanswered) throw new WrongParameter(unanswered, `${unanswered} is not supported beside _id.`);
  const places = ['location', 'organization'].flatMap((each) => referenceOf(params, each) ?? []);
  if (new Set(places).size > 1)
    throw new WrongParameter('organization', 'Location and organization are of one facility.');
  return {
    id: id || null,
    criteria,
    ...changed,
    service: serviceOf(params),
    facilityId: places[0] ?? null,
    include: includesOf(resource, params),
  };
}

function includesOf(resource: ResourceType, params: URLSearchParams): FhirSearch['include'] {
  const asked = [...new Set(params.getAll('_include'))];
  const known = includes[resource];
  if (asked.some((each) => !known.includes(each)))
    throw new WrongParameter('_include', `What may be included with ${resource}: ${known.join(', ') || 'nothing'}.`);
  return asked.map((each) => (each.endsWith(':location') ? 'Location' : 'Organization'));
}

function assertKnown(resource: ResourceType, params: URLSearchParams): void {
  const known = new Set([
    ...searchParameters.filter(({ of }) => of.includes(resource)).map(({ name }) => name),
    ...['_page', '_format', ...(includes[resource].length > 0 ? ['_include'] : [])],
  ]);
  for (const name of new Set(params.keys())) {
    if (!known.has(name)) throw new WrongParameter(name, `The parameter ${name} is not supported for ${resource}.`);
    const times = params.getAll(name).length;
    if (times > (often[name] ?? 1))
      throw new WrongParameter(name, `Give ${name} ${often[name] ? 'at most twice' : 'once'}.`);
  }
  const format = params.get('_format');
  if (format && !/^(json|application\/(fhir\+)?json)$/.test(format))
    throw new WrongParameter('_format', 'Only JSON is served.');
}

/** `<uuid>.<service>`: a service of a facility. */
export function readServiceId(id: string): { facilityId: string; service: FacilityService } | null {
  const [facilityId = '', code = ''] = id.split('.');
  const service = facilityServices.find((each) => each === code);
  return service && z.uuid().safeParse(facilityId).success ? { facilityId, service } : null;
}

/** `code` or `system|code`. */
function serviceOf(params: URLSearchParams): FacilityService | null {
  const text = params.get('service-type');
  if (!text) return null;
  const service = facilityServices.find((each) => each === text.split('|').at(-1));
  if (!service) throw new WrongParameter('service-type', 'There is no service with this code.');
  return service;
}

/** `Location/<id>` or the id alone. */
function referenceOf(params: URLSearchParams, name: string): string | null {
  const text = params.get(name);
  if (!text) return null;
  const id = text.split('/').at(-1)!;
  if (!z.uuid().safeParse(id).success) throw new WrongParameter(name, `${name} is the id of a resource.`);
  return id;
}

function whole(params: URLSearchParams, name: string, least: number, most: number, otherwise: number): number {
  const text = params.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new WrongParameter(name, `${name} is a number from ${least} to ${most}.`);
  return value;
}

/** `latitude|longitude|distance|units` (HL7 FHIR R4, Location search parameter `near`); without distance: 50 km. */
function nearOf(text: string): Pick<SearchFacilities, 'near' | 'radiusKm'> {
  const [latitude = '', longitude = '', distance = '50', units = 'km'] = text.split('|').map((part) => part.trim());
  const wrong = (why: string): never => {
    throw new WrongParameter('near', why);
  };
  if (![latitude, longitude].every((part) => decimal.test(part)))
    wrong('near is latitude|longitude|distance|km, in degrees.');
  if (Math.abs(Number(latitude)) > 90 || Math.abs(Number(longitude)) > 180)
    wrong('A latitude is at most 90, a longitude 180.');
  const metres = { km: 1000, m: 1 }[units] ?? wrong('The units of near are km or m.');
  const radiusKm = (Number(distance || '50') * metres!) / 1000;
  if (!(radiusKm > 0 && radiusKm <= 2000)) wrong('The distance of near is more than 0 and at most 2000 km.');
  return { near: { latitude: Number(latitude), longitude: Number(longitude) }, radiusKm };
}
