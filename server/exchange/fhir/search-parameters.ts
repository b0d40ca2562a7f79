import { z } from 'zod';
import type { SearchFacilities } from '#server/facilities/inputs.ts';
import { WrongParameter } from './outcome.ts';

/** What `Location` and `Organization` are searched by. */
export const searchParameters = [
  { name: '_id', type: 'token', documentation: 'The id of the resource' },
  { name: 'name', type: 'string', documentation: 'Words of the name, code or licence number; marks are not needed' },
  { name: 'address-state', type: 'string', documentation: 'Code of the province' },
  {
    name: 'near',
    type: 'special',
    documentation: 'latitude|longitude|distance|km: great-circle distance, nearest first; Location only',
  },
  { name: '_count', type: 'number', documentation: 'Resources on a page, 1 to 100' },
] as const;

export interface FhirSearch {
  id: string | null;
  criteria: SearchFacilities;
}

const only: Record<string, readonly string[]> = { near: ['Location'] };
const decimal = /^-?\d{1,3}(\.\d+)?$/;

/** Reads a search. `_page` is ours: the links of a bundle carry it. @throws WrongParameter for all it does not know */
export function readSearch(resource: string, params: URLSearchParams): FhirSearch {
  const known = new Set<string>([...searchParameters.map(({ name }) => name), '_page', '_format']);
  for (const name of new Set(params.keys())) {
    if (!known.has(name) || (only[name] && !only[name].includes(resource)))
      throw new WrongParameter(name, `The parameter ${name} is not supported for ${resource}.`);
    if (params.getAll(name).length > 1) throw new WrongParameter(name, `Give ${name} once.`);
  }
  const format = params.get('_format');
  if (format && !/^(json|application\/(fhir\+)?json)$/.test(format))
    throw new WrongParameter('_format', 'Only JSON is served.');
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
  const id = params.get('_id');
  if (id && !z.uuid().safeParse(id).success) throw new WrongParameter('_id', 'An id here is a UUID.');
  return { id, criteria };
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
